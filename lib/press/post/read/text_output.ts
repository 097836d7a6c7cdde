import type { Element } from "hast";
import { stripVTControlCharacters } from "node:util";
import { terminalText } from "../../notebook/terminal_text.ts";
import { outputBlock, remarkBlock } from "./blocks.ts";

/** A result that is a text is shown as the text, not as its literal. */
export function resultBlock(text: string): Element[] {
  if (/^"(?:[^"\\\n]|\\.)*"$/.test(text)) {
    try {
      const said: unknown = JSON.parse(text);
      if (typeof said === "string" && said.length < 400 && !said.includes("\n")) {
        return [remarkBlock(said)];
      }
    } catch { /* an escape that JSON does not know: shown as it is */ }
  }
  return textBlock(text, "result");
}

/** A text as a terminal shows it, without its colours; nothing for one that is blank. */
export function textBlock(text: string, from: Parameters<typeof outputBlock>[1]): Element[] {
  const plain = stripVTControlCharacters(terminalText(text))
    // deno-lint-ignore no-control-regex
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
  const shown = shorten(plain.trimEnd());
  return shown.trim() === "" ? [] : [outputBlock(shown, from)];
}

/** What a page shows of an output before it says that there is more. */
const LINES = 120, LINE = 2_000, CHARACTERS = 24_000;

/** A long text as its beginning and its end, with a line between that says what is left out. */
function shorten(text: string): string {
  const lines = text.split("\n").map(shortenLine);
  let kept = Math.min(lines.length, LINES);
  while (kept > 2 && characters(lines, kept) > CHARACTERS) kept = Math.floor(kept * 0.8);
  if (kept === lines.length) return lines.join("\n");
  const tail = Math.ceil(kept / 5);
  const left = lines.length - kept;
  return [
    ...lines.slice(0, kept - tail),
    `… ${left} ${left === 1 ? "line is" : "lines are"} left out here …`,
    ...lines.slice(lines.length - tail),
  ].join("\n");
}

function shortenLine(line: string): string {
  return line.length <= LINE
    ? line
    : `${line.slice(0, LINE)} … ${line.length - LINE} more characters`;
}

function characters(lines: readonly string[], kept: number): number {
  const tail = Math.ceil(kept / 5);
  return [...lines.slice(0, kept - tail), ...lines.slice(-tail)].join("\n").length;
}
