/** TeX in text: where a formula begins and ends, by the rules that Jupyter and MathJax have. */

/** A formula: its TeX without delimiters, and whether it stands on a line of its own. */
export interface Formula {
  readonly tex: string;
  readonly display: boolean;
}

/** A formula in a text, from `start` up to `end`. */
export interface Found extends Formula {
  readonly start: number;
  readonly end: number;
}

/** A part of a text, from its start up to its end. */
export type Range = readonly [start: number, end: number];

/** What ends what begins a formula; Markdown takes one backslash of two away. */
const CLOSERS: Record<string, Record<string, string>> = {
  markdown: { "$": "$", "$$": "$$", "\\\\(": "\\\\)", "\\\\[": "\\\\]" },
  plain: { "$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]" },
};

/** What TeX has on lines of its own, whatever stands around it. */
const ALONE = /^\s*\\begin\{(align|alignat|eqnarray|equation|flalign|gather|multline)\*?\}/;

/** The longest formula, characters; and how many openings without an end a text may hold. */
const LONGEST = 10_000, UNCLOSED = 500;

/**
 * The formulas of a text, in order: between `$`, `$$`, `\(` and `\)`, `\[` and `\]`, or from
 * `\begin{…}` to its `\end{…}`. None holds an empty line, and none reaches into the ranges `code`,
 * which are in order. Money is no formula: `$5 and $6`. In Markdown `\(` and `\[` are written with
 * two backslashes.
 */
export function findFormulas(
  text: string,
  writing: "markdown" | "plain",
  code: readonly Range[] = [],
): Found[] {
  const closers = CLOSERS[writing];
  const opening = writing === "markdown"
    ? /\\begin\{(\w+\*?)\}|\\\\[([]|\\[^]|\$\$?/g
    : /\\begin\{(\w+\*?)\}|\\[^]|\$\$?/g;
  const found: Found[] = [];
  let unclosed = 0, passed = 0;
  for (let match; unclosed < UNCLOSED && (match = opening.exec(text)) !== null;) {
    const { 0: open, 1: name, index: start } = match;
    while (passed < code.length && code[passed][1] <= start) passed++;
    const next = code[passed] ?? [text.length, text.length];
    if (next[0] <= start) opening.lastIndex = next[1];
    // Any other sign behind a backslash is only that sign.
    if (next[0] <= start || (name === undefined && !Object.hasOwn(closers, open))) continue;
    const from = start + open.length;
    const limit = Math.min(next[0], from + LONGEST);
    const close = name === undefined
      ? closing(text, from, limit, closers[open])
      : environmentEnd(text, from, limit, name);
    if (close === null) {
      unclosed++;
      opening.lastIndex = from;
      continue;
    }
    const [inner, end] = close;
    const tex = name === undefined ? text.slice(from, inner) : text.slice(start, end);
    const isFormula = tex.trim() !== "" && (open !== "$" || isInline(tex, text.charAt(end)));
    opening.lastIndex = isFormula ? end : from;
    if (!isFormula) continue;
    const display = name !== undefined || open === "$$" || open.endsWith("[") || ALONE.test(tex);
    // A backslash at the end has a space behind it, which many a reader would take away.
    const trimmed = unquoted(tex, text, start).trim().replace(/(?<!\\)(?:\\\\)*\\$/, "$&space");
    found.push({ start, end, display, tex: trimmed });
  }
  return found;
}

/** Where `closer` stands outside of braces, before an empty line. */
function closing(text: string, from: number, limit: number, closer: string): Range | null {
  let depth = 0;
  for (let i = from; i < limit; i++) {
    if (depth <= 0 && text.startsWith(closer, i)) return [i, i + closer.length];
    if (text[i] === "\\") i++;
    else if (text[i] === "{") depth++;
    else if (text[i] === "}") depth--;
    else if (text[i] === "\n" && /^[ \t>]*(?:\n|$)/.test(text.slice(i + 1, i + 80))) return null;
  }
  return null;
}

function environmentEnd(text: string, from: number, limit: number, name: string): Range | null {
  const mark = new RegExp(`\\\\(begin|end)\\{${name.replace("*", "\\*")}\\}|\\n[ \\t>]*\\n`, "g");
  mark.lastIndex = from;
  let depth = 1;
  for (let match; (match = mark.exec(text)) !== null && match.index < limit;) {
    if (match[1] === undefined) return null;
    depth += match[1] === "begin" ? 1 : -1;
    if (depth === 0) return [match.index, mark.lastIndex];
  }
  return null;
}

/** Whether what stands between two dollars is a formula, and not what stands between two prices. */
function isInline(tex: string, next: string): boolean {
  if (/\\[A-Za-z]/.test(tex)) return true;
  if (/\d/.test(next)) return false;
  if (/[\\^]/.test(tex)) return true;
  if (/^\s[^]*\s$/.test(tex)) return /[_=<>+]/.test(tex) || /^\s+\w\s+$/.test(tex);
  return /^\S(?:[^]*\S)?$/.test(tex) && !/^\d[^]*\s\p{L}{3,}/u.test(tex);
}

/** Without the marks of the quotation that it stands in. */
function unquoted(tex: string, text: string, start: number): string {
  if (!tex.includes("\n")) return tex;
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /^\s*>/.test(line) ? tex.replace(/\n[ \t]*>[ \t]?/g, "\n") : tex;
}
