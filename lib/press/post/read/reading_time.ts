import { toString } from "hast-util-to-string";
import { visit } from "unist-util-visit";
import type { Block } from "./post.ts";

/**
 * Words that people read in a minute, silently, of what is no story: 238, the mean over 190 studies
 * (M. Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109, 2019).
 */
const WORDS_A_MINUTE = 238;

/** Seconds for a chart, a picture or a table: they are looked at, not read word by word. */
const LOOK = 12;

/**
 * How long a post takes to read, in whole minutes. Code is read as prose is, word by word; what is
 * folded is not counted, and of outputs only their sentences.
 */
export function readingMinutes(blocks: readonly Block[]): number {
  let words = 0, looks = 0;
  for (const block of blocks) {
    if (block.kind === "chart" || block.kind === "picture") looks++;
    if (block.kind === "remark") words += wordsIn(block.text);
    if (block.kind === "code" && !block.folded) words += wordsIn(block.source);
    if (block.kind !== "prose") continue;
    words += wordsIn(toString(block.html));
    visit(block.html, "element", (element) => {
      if (element.tagName === "img") looks++;
      if (element.tagName !== "table" && element.tagName !== "details") return;
      if (element.tagName === "table") looks++;
      words -= wordsIn(toString(element));
      return "skip";
    });
  }
  return Math.max(1, Math.round(words / WORDS_A_MINUTE + looks * LOOK / 60));
}

function wordsIn(text: string): number {
  return text.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}
