import type { Element, ElementContent, Root } from "hast";
import { h } from "hastscript";
import { visit } from "unist-util-visit";
import { childOf } from "../read/blocks.ts";

/** Makes, in place, tables as Markdown has them: their captions before them, each cell in one line. */
export function flatTables(tree: Root): void {
  visit(tree, { tagName: "table" }, (table: Element, index, parent) => {
    visit(table, "element", oneLine);
    const caption = childOf(table, "caption");
    if (caption === undefined) return;
    table.children.splice(table.children.indexOf(caption), 1);
    parent!.children.splice(index!, 0, h("p", h("em", caption.children)));
    return index! + 2;
  });
}

/** In one line: blocks and breaks become spaces, what is small stands in brackets. */
function oneLine(cell: Element): void {
  if (!["td", "th", "caption"].includes(cell.tagName)) return;
  const space: ElementContent = { type: "text", value: " " };
  const flat = (nodes: readonly ElementContent[]): ElementContent[] =>
    nodes.flatMap((node): ElementContent[] => {
      if (node.type !== "element") return [node];
      const children = flat(node.children);
      if (node.tagName === "br") return [space];
      if (/^(p|div|ul|ol|li|pre|h[1-6]|blockquote)$/.test(node.tagName)) {
        return [space, ...children, space];
      }
      if (node.tagName !== "small") return [{ ...node, children }];
      return [{ type: "text", value: "(" }, ...children, { type: "text", value: ")" }];
    });
  cell.children = flat(cell.children);
}
