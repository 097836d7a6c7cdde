import type { Heading, Root } from "mdast";
import { toString } from "mdast-util-to-string";
import { visit } from "unist-util-visit";

/** The text of the first heading in these documents, "" where there is none. */
export function openingHeading(documents: readonly Root[]): string {
  const heading = documents.flatMap((tree) => tree.children).find(({ type }) => type === "heading");
  return heading === undefined
    ? ""
    : toString(heading, { includeHtml: false }).replace(/\s+/g, " ").trim();
}

/**
 * Fits a notebook's headings under a page's title, in place. The page sets the title itself, so a
 * first-level heading that opens the notebook goes, and the rest start at the second level and
 * leave out none on the way down.
 */
export function outline(documents: readonly Root[], title: string): void {
  const first = documents.find((tree) => tree.children.length > 0)?.children[0];
  if (first?.type === "heading" && (first.depth === 1 || same(toString(first), title))) {
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

function same(a: string, b: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/\W+/g, "");
  return plain(a) === plain(b);
}
