import type { Root } from "hast";
import { phrasing } from "hast-util-phrasing";
import { SKIP, visit } from "unist-util-visit";
import { classesOf } from "./blocks.ts";

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
export function readingMinutes(cells: readonly Root[]): number {
  let text = "", looks = 0;
  for (const cell of cells) {
    visit(cell, (node) => {
      if (node.type === "text") text += node.value;
      if (node.type !== "element") return;
      if (!phrasing(node)) text += "\n";
      const isPicture = ["figure", "img", "table"].includes(node.tagName);
      if (isPicture) looks++;
      if (isPicture || node.tagName === "details" || classesOf(node).includes("output")) {
        return SKIP;
      }
    });
  }
  const words = text.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
  return Math.max(1, Math.round(words / WORDS_A_MINUTE + looks * LOOK / 60));
}
