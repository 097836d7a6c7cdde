import type { Root as Html } from "hast";
import type { Nodes, Root as Markdown } from "mdast";
import type { Node, Parent } from "unist";
import { visit } from "unist-util-visit";
import type { Cell } from "../../notebook/notebook.ts";
import type { Links } from "./links.ts";

/** A node of Markdown or HTML that leads somewhere, as both trees have it. */
interface Link extends Parent {
  url?: string;
  properties?: { href?: string; src?: string; alt?: string; id?: string };
  alt?: string | null;
}

/** Replaces, in place, the addresses in Markdown or HTML by those they have in a publication. */
export function follow(tree: Markdown | Html, cell: Cell | null, links: Links): void {
  spellOut(tree);
  const inLink = new Set<Node>();
  visit(tree as Node, (node: Node, index, parent: Parent | undefined) => {
    if (!parent || index === undefined) return;
    if (isLink(node)) {
      const url = links.link(addressOf(node));
      if (url === null || isEmpty(node)) return unlink(node, index, parent);
      setAddress(node, url);
      visit(node as Node, (inner) => void inLink.add(inner));
    }
    const image = node as Link;
    const isElement = (node as { tagName?: string }).tagName === "img";
    if (node.type !== "image" && !isElement) return;
    const url = String((isElement ? image.properties?.src : image.url) ?? "");
    const found = links.picture(url, cell);
    if ("url" in found) {
      if (isElement) image.properties!.src = found.url;
      else image.url = found.url;
      return;
    }
    const alt = String((isElement ? image.properties?.alt : image.alt) ?? "");
    const value = "note" in found ? `${alt} ${found.note}`.trim() : alt || "picture";
    const words = { type: "text", value } as Node;
    if ("note" in found || inLink.has(node)) {
      parent.children[index] = words;
      return;
    }
    const href = found.elsewhere;
    const link: Link = { type: "link", url: href, children: [words] };
    const element = { type: "element", tagName: "a", properties: { href }, children: [words] };
    parent.children[index] = isElement ? element as Node : link;
    return index + 1;
  });
}

/** Whether a node leads somewhere: an anchor, which has no address, does not. */
export function isLink(node: Node): node is Link {
  const { tagName, properties } = node as { tagName?: string; properties?: { href?: unknown } };
  return node.type === "link" || (tagName === "a" && properties?.href !== undefined);
}

/** Where a link leads, as it is written. */
export function addressOf(link: Link): string {
  return String(link.url ?? link.properties?.href);
}

/** Lets a link lead elsewhere. */
export function setAddress(link: Link, url: string): void {
  if (link.properties === undefined) link.url = url;
  else link.properties.href = url;
}

/** Takes off a link from what it holds; returns where a visit goes on. An id it has stays. */
export function unlink(link: Link, index: number, parent: Parent): number {
  if (link.properties?.id === undefined) parent.children.splice(index, 1, ...link.children);
  else delete link.properties.href;
  return index;
}

/** Whether there is nothing to click on. */
function isEmpty(link: Link): boolean {
  let empty = true;
  visit(link as Node, (node) => {
    const { value, tagName } = node as { value?: string; tagName?: string };
    if (value?.trim() || node.type === "image" || tagName === "img") empty = false;
  });
  return empty;
}

/** Links by reference become plain ones: what refers to a definition has to know its address. */
function spellOut(tree: Markdown | Html): void {
  const targets = new Map<string, string>();
  visit(tree as Markdown, "definition", (node, index, parent) => {
    if (!targets.has(node.identifier)) targets.set(node.identifier, node.url);
    parent!.children.splice(index!, 1);
    return index;
  });
  visit(tree as Markdown, (node, index, parent) => {
    if (!parent || index === undefined || !("identifier" in node)) return;
    const url = targets.get(node.identifier) ?? "";
    const siblings = parent.children as Nodes[];
    if (node.type === "linkReference") {
      siblings[index] = { type: "link", url, title: null, children: node.children };
    } else if (node.type === "imageReference") {
      siblings[index] = { type: "image", url, title: null, alt: node.alt };
    }
  });
}
