import type { Element } from "hast";
import { stripVTControlCharacters } from "node:util";
import { terminalText } from "../../notebook/terminal_text.ts";
import { outputBlock, remarkBlock } from "./blocks.ts";
import { shorten } from "./shorten.ts";

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
