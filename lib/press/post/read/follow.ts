import type { Element, ElementContent, Parent, Root } from "hast";
import { h } from "hastscript";
import { SKIP, visit } from "unist-util-visit";
import type { Cell } from "../../notebook/notebook.ts";
import type { Links } from "./links.ts";

/** Replaces, in place, the addresses in HTML by those they have in a publication. */
export function follow(tree: Root, cell: Cell | null, links: Links): void {
  const inLink = new Set<Element>();
  visit(tree, "element", (node, index, parent) => {
    if (isLink(node)) {
      const url = links.link(String(node.properties.href));
      if (url === null || isEmpty(node)) return unlink(node, index!, parent!);
      node.properties.href = url;
      visit(node, "element", (inner) => void inLink.add(inner));
    }
    if (node.tagName !== "img") return;
    const found = links.picture(String(node.properties.src ?? ""), cell);
    if ("url" in found) {
      node.properties.src = found.url;
      return;
    }
    const alt = String(node.properties.alt ?? "");
    const value = "note" in found ? `${alt} ${found.note}`.trim() : alt || "picture";
    const words: ElementContent = { type: "text", value };
    const href = "note" in found ? undefined : found.elsewhere;
    const link = h("a", { href }, words);
    parent!.children[index!] = href === undefined || inLink.has(node) ? words : link;
    return SKIP;
  });
}

/** Whether an element leads somewhere: an anchor, which has no address, does not. */
export function isLink({ tagName, properties }: Element): boolean {
  return tagName === "a" && properties.href !== undefined;
}

/** Takes off a link from what it holds; returns where a visit goes on. An id it has stays. */
export function unlink(link: Element, index: number, parent: Parent): number {
  if (link.properties.id === undefined) parent.children.splice(index, 1, ...link.children);
  else delete link.properties.href;
  return index;
}

/** Whether there is nothing to click on. */
function isEmpty(link: Element): boolean {
  let empty = true;
  visit(link, (node) => {
    if (node.type === "text" ? node.value.trim() !== "" : isPicture(node)) empty = false;
  });
  return empty;
}

function isPicture(node: { type: string; tagName?: string }): boolean {
  return node.tagName === "img";
}
