import GithubSlugger from "github-slugger";
import type { Element, Root } from "hast";
import { toString } from "hast-util-to-string";
import { visit } from "unist-util-visit";

/** A heading that a table of contents lists. */
export interface Entry {
  readonly id: string;
  readonly text: string;
  readonly level: number;
}

/** Gives the headings of a page their ids and a link to themselves, and keeps the list of them. */
export class Headings {
  readonly entries: Entry[] = [];
  readonly #slugger = new GithubSlugger();

  /** `taken` are ids that the page has elsewhere. */
  constructor(taken: readonly string[]) {
    for (const id of taken) this.#slugger.slug(id);
  }

  /** Anchors the headings in one tree, in place. */
  anchor(tree: Root): void {
    visit(tree, "element", (element: Element) => {
      const level = /^h([2-6])$/.exec(element.tagName)?.[1];
      if (level === undefined || /footnote-label$/.test(String(element.properties.id))) return;
      const text = toString(element).replace(/\s+/g, " ").trim();
      if (text === "") return;
      const id = this.#slugger.slug(text) || this.#slugger.slug("section");
      element.properties.id = id;
      element.children.push({
        type: "element",
        tagName: "a",
        properties: { className: ["anchor"], href: `#${id}`, ariaLabel: `Link to “${text}”` },
        children: [{ type: "text", value: "#" }],
      });
      this.entries.push({ id, text, level: Number(level) });
    });
  }
}
