import type { Heading, Nodes } from "mdast";
import { visit } from "unist-util-visit";
import { type ParsedMarkdown, plainText } from "./parse_markdown.ts";

/** The text of the first heading in these documents, "" where there is none. */
export function openingHeading(documents: readonly ParsedMarkdown[]): string {
  return textsOf(documents, "heading")[0] ?? "";
}

/** The texts of all top-level nodes of a type. */
export function textsOf(documents: readonly ParsedMarkdown[], type: Nodes["type"]): string[] {
  return documents.flatMap(({ tree, formulas }) =>
    tree.children.filter((node) => node.type === type).map((node) => plainText(node, formulas))
  );
}

/**
 * Fits a notebook's headings under a page's title, in place. The page sets the title itself, so a
 * heading that opens the notebook and says the same goes; the rest start at the second level and
 * leave out none on the way down.
 */
export function outline(documents: readonly ParsedMarkdown[], title: string): void {
  const opening = documents.find(({ tree }) => tree.children.length > 0);
  const first = opening?.tree.children[0];
  if (first?.type === "heading" && isTitle(plainText(first, opening!.formulas), title)) {
    opening!.tree.children.shift();
  }
  const headings: Heading[] = [];
  for (const { tree } of documents) visit(tree, "heading", (node) => void headings.push(node));
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
