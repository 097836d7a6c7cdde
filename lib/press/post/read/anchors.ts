import GithubSlugger, { slug } from "github-slugger";
import type { Element, Nodes, Root } from "hast";
import { toString } from "hast-util-to-string";
import { visit } from "unist-util-visit";
import { decoded } from "../../../ground/secrets.ts";
import { isLink, unlink } from "./links.ts";
import type { Notes } from "./notes.ts";

/**
 * The ids of a post: GitHub's for its headings, and those that were given by hand, each once. What
 * leads to them may spell them as Jupyter does (`#Load-the-data`) or by their name.
 */
export class Anchors {
  /** Those that something in the post leads to. */
  readonly linked = new Set<string>();
  /** The id of the heading under which something with an id stands, "" for none; no headings. */
  readonly sections = new Map<string, string>();
  readonly #slugger = new GithubSlugger();
  readonly #ids = new Map<string, string>();
  readonly #own = new Map<Root, Map<string, string>>();
  #section = "";
  /** Ids with nothing behind them yet: a heading that follows at once is what they mean. */
  #open: string[] = [];

  /** `taken` are ids that a page has elsewhere. */
  constructor(taken: readonly string[]) {
    for (const id of taken) this.#slugger.slug(id);
  }

  /** Gives the headings and anchors of a text their ids, in place. */
  add(text: Root): void {
    const own = new Map<string, string>();
    this.#own.set(text, own);
    visit(text, (node) => {
      if (isSeen(node)) this.#open = [];
      if (node.type === "element") this.#element(node, own);
    });
    visit(text, "element", ({ properties }) => {
      for (const name of ["ariaDescribedBy", "ariaLabelledBy"]) {
        if (properties[name] === undefined) continue;
        properties[name] = own.get(slug(String(properties[name])));
      }
    });
  }

  /** Leads the links within the post, in place; one that leads nowhere is said and taken off. */
  resolve(text: Root, notes: Notes): void {
    const own = this.#own.get(text)!;
    visit(text, "element", (node, index, parent) => {
      const address = String(node.properties.href);
      if (!isLink(node) || !address.startsWith("#")) return;
      const name = slug(decoded(address.slice(1)));
      const id = own.get(name) ?? this.#ids.get(name);
      if (id === undefined && /^#(top)?$/.test(address)) return;
      if (id === undefined) {
        notes.warn(`the link to ${address.slice(0, 60)} leads nowhere in the post and is left out`);
        return unlink(node, index!, parent!);
      }
      // Footnotes have a way of their own to be led to, in Markdown too.
      if (!("dataFootnoteRef" in node.properties || "dataFootnoteBackref" in node.properties)) {
        this.linked.add(id);
      }
      node.properties.href = `#${id}`;
    });
  }

  #element(element: Element, own: Map<string, string>): void {
    const { tagName, properties } = element;
    const names = properties.id === undefined ? [] : [String(properties.id)];
    const isHeading = /^h[1-6]$/.test(tagName) && !/footnote-label$/.test(names[0]);
    if (isHeading) names.push(toString(element).replace(/\s+/g, " ").trim());
    if (names.length === 0) return;
    const id = properties.id = this.#name(names, own);
    if (isHeading) this.#section = id;
    else this.#open.push(id);
    for (const open of this.#open) this.sections.set(open, this.#section);
    if (isHeading) this.#open = [];
  }

  /** An id after the first of the names, by which it is found under all of them. */
  #name(names: readonly string[], own: Map<string, string>): string {
    const id = this.#slugger.slug(names[0]) || this.#slugger.slug("section");
    for (const name of [...names.map((text) => slug(text)), id]) {
      for (const ids of [own, this.#ids]) if (!ids.has(name)) ids.set(name, id);
    }
    return id;
  }
}

/** Whether it shows something itself, as words and pictures do. */
function isSeen(node: Nodes): boolean {
  if (node.type === "text") return node.value.trim() !== "";
  return node.type === "element" && ["img", "figure"].includes(node.tagName);
}
