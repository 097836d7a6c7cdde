import type { Heading, Nodes, Paragraph, PhrasingContent } from "mdast";
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
 * heading that opens the notebook and says the same goes, and so does the first one where words
 * come before it, such as the author's name; the rest start at the second level and leave out none
 * on the way down.
 */
export function outline(documents: readonly ParsedMarkdown[], title: string): void {
  const isHeading = ({ type }: Nodes) => type === "heading";
  const opening = documents.find(({ tree }) => tree.children.length > 0);
  const holder = documents.find(({ tree }) => tree.children.some(isHeading));
  const at = holder?.tree.children.findIndex(isHeading) ?? -1;
  if (holder !== undefined) {
    const text = plainText(holder.tree.children[at], holder.formulas);
    const opens = holder === opening && at === 0;
    if (opens ? isTitle(text, title) : plain(text) === plain(title)) {
      holder.tree.children.splice(at, 1, ...picturesIn(holder.tree.children[at]));
    }
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

/** The pictures in a heading, as a paragraph; nothing where there are none. */
function picturesIn(heading: Nodes): Paragraph[] {
  const children: PhrasingContent[] = [];
  visit(heading, (node) => {
    const isPicture = /^image/.test(node.type) ||
      (node.type === "html" && /<(img|svg)\b/i.test(node.value));
    if (isPicture) children.push(node as PhrasingContent);
  });
  return children.length > 0 ? [{ type: "paragraph", children }] : [];
}

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** Whether a heading says what the title does, or what it does up to a colon or a dash. */
function isTitle(heading: string, title: string): boolean {
  return [title, title.split(/:| [–—-] /)[0]].some((text) => plain(text) === plain(heading));
}
