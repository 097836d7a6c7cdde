import type { Element } from "hast";
import { h } from "hastscript";
import { stripVTControlCharacters } from "node:util";
import { terminalText } from "../../notebook/terminal_text.ts";

/** What a text is announced as, by where it is from. */
const FROM = { error: "Error", stderr: "Messages", stdout: "Output", result: "Result" };

/** A text as a terminal shows it, without its colours; nothing for one that is blank. */
export function textBlock(text: string, from: keyof typeof FROM): Element[] {
  const plain = stripVTControlCharacters(terminalText(text))
    // deno-lint-ignore no-control-regex
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
  const shown = shorten(plain.trimEnd());
  const region = { tabIndex: 0, role: "region", ariaLabel: FROM[from] };
  const block = () => h("pre", { className: ["output", from], ...region }, h("samp", shown));
  return shown.trim() === "" ? [] : [block()];
}

/** What a page shows of an output before it says that there is more. */
const LINES = 120, LINE = 2_000, CHARACTERS = 24_000;

/** A long text as its beginning and its end, with a line between that says what is left out. */
function shorten(text: string): string {
  const lines = text.split("\n").map((line) => {
    const more = line.length - LINE;
    return more <= 0 ? line : `${line.slice(0, LINE)} … ${more} more characters`;
  });
  const ends = (kept: number, between: string[] = []) => {
    const tail = Math.ceil(kept / 5);
    return [...lines.slice(0, kept - tail), ...between, ...lines.slice(lines.length - tail)]
      .join("\n");
  };
  let kept = Math.min(lines.length, LINES);
  while (kept > 2 && ends(kept).length > CHARACTERS) kept = Math.floor(kept * 0.8);
  const left = lines.length - kept;
  if (left === 0) return lines.join("\n");
  return ends(kept, [`… ${left} ${left === 1 ? "line is" : "lines are"} left out here …`]);
}
