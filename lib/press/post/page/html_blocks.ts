import type { Element, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { toString } from "hast-util-to-string";
import { SKIP, visit } from "unist-util-visit";
import { figure, scrolled } from "./html_figure.ts";
import { highlight } from "./highlight.ts";
import { Headings } from "./headings.ts";
import { chartOf, classesOf } from "../read/blocks.ts";
import { tickBox } from "../read/sanitise.ts";
import { typesetOf } from "../read/formula_html.ts";
import type { Post, Surroundings } from "../read/post.ts";

/** What the parts of one page share. */
export class Page {
  readonly headings = new Headings();
  #tables = 0;

  constructor(readonly post: Post, readonly around: Surroundings) {}

  /** The post's cells as HTML. */
  async html(): Promise<string> {
    const parts: string[] = [];
    for (const cell of this.post.cells) parts.push(await this.#cell(structuredClone(cell)));
    return parts.join("\n");
  }

  /** A cell with its charts drawn, its code in colours, its tables in boxes that scroll. */
  async #cell(tree: Root): Promise<string> {
    visit(tree, "element", (table, index, parent) => {
      if (table.tagName !== "table") return;
      parent!.children[index!] = this.#table(table);
      return SKIP;
    });
    const codes: Element[] = [];
    visit(tree, "element", (element: Element, index, parent) => {
      const { tagName, properties } = element;
      const shown = this.#drawn(element) ?? typesetOf(element) ??
        (tagName === "input" ? tickBox(element) : undefined);
      if (shown !== undefined) {
        parent!.children[index!] = shown;
        return SKIP;
      }
      if (tagName === "a") this.#link(element);
      if (tagName === "pre" && !classesOf(element).includes("output")) codes.push(element);
      if (tagName !== "img") return;
      const picture = this.post.pictures.get(String(properties.src).replace("lab-picture:", ""));
      const src = picture && `data:${picture.mime};base64,${picture.bytes.toBase64()}`;
      element.properties = { alt: "", ...properties, src };
    });
    this.headings.anchor(tree);
    for (const pre of codes) Object.assign(pre, await coloured(pre));
    return tree.children.map((block) => toHtml(block, { allowDangerousHtml: true }).trim())
      .filter((html) => html !== "").join("\n");
  }

  #drawn(element: Element): Element | undefined {
    const chart = this.post.charts.find(({ name }) => name === chartOf(element));
    return chart && figure(chart, this.post);
  }

  #link({ properties }: Element): void {
    const [, key, fragment] = /^lab-post:([^#]*)(.*)$/.exec(String(properties.href)) ?? [];
    if (key === undefined) return;
    const { slug } = this.around.places.get(decodeURIComponent(key))!;
    properties.href = `${slug}.html${fragment}`;
  }

  #table(table: Element): Element {
    scopes(table);
    giveRoom(table);
    const caption = table.children.find((node) => (node as Element).tagName === "caption");
    const about = caption ? `: ${toString(caption).slice(0, 80)}` : "";
    return scrolled(table, `Table ${++this.#tables}${about}`);
  }
}

async function coloured(pre: Element): Promise<Element> {
  const code = pre.children.find((node) => node.type === "element");
  const classes = code === undefined ? [] : classesOf(code);
  const language = classes.find((name) => name.startsWith("language-"))?.slice(9) ?? "";
  return await highlight(toString(pre).replace(/\n$/, ""), language);
}

/** Marks the cells that hold more than a line: in a narrow column they would be a word wide. */
function giveRoom(table: Element): void {
  visit(table, "element", (cell: Element) => {
    if (!["td", "th"].includes(cell.tagName) || toString(cell).length <= LONG) return;
    cell.properties.className = ["long"];
  });
}

/** Characters from which a cell is to be read as a sentence. */
const LONG = 60;

/** Says of each header cell what it heads: those in the head a column, the others a row. */
function scopes(table: Element): void {
  visit(table, "element", (part: Element) => {
    if (part.tagName !== "thead" && part.tagName !== "tbody") return;
    visit(part, "element", (cell: Element) => {
      if (cell.tagName !== "th") return;
      if (toString(cell).trim() === "") cell.tagName = "td";
      else cell.properties.scope ??= part.tagName === "thead" ? "col" : "row";
    });
  });
}
