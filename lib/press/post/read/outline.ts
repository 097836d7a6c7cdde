import type { Heading, Root } from "mdast";
import { visit } from "unist-util-visit";
import { plainText } from "./parse_markdown.ts";

/** The text of the first heading in these documents, "" where there is none. */
export function openingHeading(documents: readonly Root[]): string {
  const heading = documents.flatMap((tree) => tree.children).find(({ type }) => type === "heading");
  return heading === undefined ? "" : plainText(heading);
}

/**
 * Fits a notebook's headings under a page's title, in place. The page sets the title itself, so a
 * heading that opens the notebook and says the same goes; the rest start at the second level and
 * leave out none on the way down.
 */
export function outline(documents: readonly Root[], title: string): void {
  const first = documents.find((tree) => tree.children.length > 0)?.children[0];
  if (first?.type === "heading" && isTitle(plainText(first), title)) {
    documents.find((tree) => tree.children[0] === first)!.children.shift();
  }
  const headings: Heading[] = [];
  for (const tree of documents) visit(tree, "heading", (node) => void headings.push(node));
  const lift = headings.some(({ depth }) => depth === 1) ? 1 : 0;
  let above = 1;
  for (const heading of headings) {
    heading.depth = Math.min(Math.max(heading.depth + lift, 2), above + 1, 6) as Heading["depth"];
    above = heading.depth;
  }
}

/** Whether a heading says what the title does, or what it does up to a colon or a dash. */
function isTitle(heading: string, title: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  return [title, title.split(/:| [–—-] /)[0]].some((text) => plain(text) === plain(heading));
}
