import type { Element, ElementContent, Root as Html } from "hast";
import { toMdast } from "hast-util-to-mdast";
import type { Root as Markdown } from "mdast";
import { visit } from "unist-util-visit";

/** Safe HTML as Markdown with no HTML in it; what Markdown has no word for is kept as its text. */
export function asMarkdown(html: Html): Markdown {
  const copy = structuredClone(html);
  visit(copy, "element", (table: Element, index, parent) => {
    if (table.tagName !== "table" || !parent || index === undefined) return;
    const caption = table.children.find((node) => isElement(node, "caption"));
    table.children = table.children.filter((node) => node !== caption);
    visit(table, "element", oneLine);
    if (caption === undefined) return;
    oneLine(caption as Element);
    const { children } = caption as Element;
    const said: Element = { type: "element", tagName: "em", properties: {}, children };
    parent.children.splice(index, 0, {
      type: "element",
      tagName: "p",
      properties: {},
      children: [said],
    });
    return index + 2;
  });
  const tree = toMdast(copy);
  return tree.type === "root" ? tree : { type: "root", children: [tree as never] };
}

/** In one line: a break becomes a space, what is small stands in brackets. */
function oneLine(cell: Element): void {
  if (!["td", "th", "caption"].includes(cell.tagName)) return;
  cell.children = cell.children.flatMap((node): ElementContent[] => {
    if (isElement(node, "br")) return [{ type: "text", value: " " }];
    if (!isElement(node, "small")) return [node];
    const { children } = node as Element;
    return [{ type: "text", value: "(" }, ...children, { type: "text", value: ")" }];
  });
}

function isElement(node: { type: string }, tagName: string): boolean {
  return node.type === "element" && (node as Element).tagName === tagName;
}
