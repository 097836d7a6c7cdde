import type { Element, ElementContent, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import { visit } from "unist-util-visit";

/** A heading that a table of contents lists; `html` is what it says. */
export interface Entry {
  readonly id: string;
  readonly html: string;
  readonly level: number;
}

/** Gives the headings of a page a link to themselves, and keeps the list of them. */
export class Headings {
  readonly entries: Entry[] = [];

  /** Anchors the headings in one tree, in place; they have their ids. */
  anchor(tree: Root): void {
    visit(tree, "element", (element: Element) => {
      const level = /^h([2-6])$/.exec(element.tagName)?.[1];
      const id = String(element.properties.id ?? "");
      const text = words(element.children).replace(/\s+/g, " ").trim();
      if (level === undefined || text === "" || element.properties.className) return;
      this.entries.push({ id, html: toHtml(withoutLinks(element.children)), level: Number(level) });
      const ariaLabel = `Link to “${text}”`;
      element.children.push(h("a", { className: ["anchor"], href: `#${id}`, ariaLabel }, "#"));
    });
  }
}

/** The text of nodes; of a formula what is to be seen, not its source. */
function words(nodes: readonly ElementContent[]): string {
  return nodes.map((node) => {
    if (node.type === "text") return node.value;
    return node.type === "element" && node.tagName !== "annotation" ? words(node.children) : "";
  }).join("");
}

/** The same without links, pictures and ids, which a list of contents cannot hold. */
function withoutLinks(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== "element" || node.tagName === "img") {
      return node.type === "text" ? [node] : [];
    }
    const children = withoutLinks(node.children);
    if (node.tagName === "a") return children;
    return [{ ...node, properties: { ...node.properties, id: undefined }, children }];
  });
}
