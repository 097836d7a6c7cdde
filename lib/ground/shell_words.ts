/**
 * The words of a command as a shell has them; variables stay as they are written.
 * @param wrong makes the error of what it has that is not one command's words
 */
export function shellWords(command: string, wrong: (what: string) => Error): string[] {
  // As Windows' prompt has it, a caret stands before what is to be taken as it is.
  const text = /\^(?:"|\r?\n)/.test(command)
    ? command.replace(/\^\r?\n/g, " ").replace(/\^(.)/g, "$1")
    : command;
  const words: string[] = [];
  let word: string | undefined;
  const pattern =
    /[\\`]\r?\n|(\s+)|\$'((?:[^'\\]|\\[^])*)'|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|(\$\(|[`|;<>&])|([^])/gy;
  for (
    const [all, gap, ansi, single, double, escaped, other, plain] of text.trim().matchAll(pattern)
  ) {
    const inner = double?.match(/(?<!\\)(?:\$\(|`)/)?.[0];
    const more = other ?? inner;
    if (more !== undefined) throw wrong(`has "${more}", and is to be one command`);
    if (plain === "'" || plain === '"') throw wrong("has a quote that is not closed");
    if (/^[\\`]\r?\n$/.test(all)) continue; // the line goes on, PowerShell's after a backtick
    if (gap !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    const quoted = double?.replace(/\\(["\\$`])|\\\r?\n/g, "$1");
    const piece = single ?? quoted ?? escaped ?? plain ??
      (ansi === undefined ? "" : unescaped(ansi));
    word = (word ?? "") + piece;
  }
  return word === undefined ? words : [...words, word];
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** What stands between $' and '. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:u([\da-f]{1,4})|x([\da-f]{1,2})|([^]))/gi,
    (_, u, x, plain) => plain ? ESCAPES[plain] ?? plain : String.fromCharCode(parseInt(u ?? x, 16)),
  );
}
