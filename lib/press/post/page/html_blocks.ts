import type { Element, ElementContent, Properties, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { toString } from "hast-util-to-string";
import { SKIP, visit } from "unist-util-visit";
import { figure } from "./html_figure.ts";
import { CodeColours, highlight } from "./highlight.ts";
import { Headings } from "./headings.ts";
import { escape } from "../read/markup.ts";
import { DarkColours } from "../read/page_svg.ts";
import { tickBox } from "../read/sanitise.ts";
import { typesetOf } from "../read/typeset.ts";
import type { Block, Picture, Post, Surroundings } from "../read/post.ts";

/** What the blocks of one page share. */
export class Page {
  readonly headings = new Headings();
  readonly code = new CodeColours();
  readonly dark = new DarkColours();
  #tables = 0;

  constructor(readonly post: Post, readonly around: Surroundings) {}

  /** Blocks as HTML. */
  async html(blocks: readonly Block[]): Promise<string> {
    const parts: string[] = [];
    for (const block of blocks) parts.push(await this.#block(block));
    return parts.join("\n");
  }

  async #block(block: Block): Promise<string> {
    switch (block.kind) {
      case "prose":
        return await this.#prose(structuredClone(block.html));
      case "code": {
        const code = toHtml(await highlight(block.source, block.language, this.code));
        return block.folded ? fold("Show the code", code) : code;
      }
      case "chart":
        return figure(block.chart, this.post, this.dark);
      case "picture": {
        const { picture, alt, size } = block;
        return `<figure>${
          toHtml(
            image(picture, {
              alt,
              width: size.width ?? undefined,
              height: size.height ?? undefined,
            }),
          )
        }</figure>`;
      }
      case "output": {
        const label = { error: "Error", stderr: "Messages", stdout: "Output", result: "Result" };
        return `<pre class="output ${block.from}" tabindex="0" role="region" aria-label="${
          label[block.from]
        }"><samp>${escape(block.text)}</samp></pre>`;
      }
      case "note":
        return `<p class="note">${escape(block.text)}</p>`;
      case "remark":
        return `<p class="remark">${escape(block.text)}</p>`;
      case "folded":
        return fold(block.summary, await this.html(block.blocks));
    }
  }

  async #prose(tree: Root): Promise<string> {
    visit(tree, "element", (element: Element, index, parent) => {
      const { tagName, properties } = element;
      const shown = tagName === "input" ? tickBox(element) : typesetOf(element);
      if (shown !== undefined) {
        parent!.children[index!] = shown;
        return SKIP;
      }
      if (tagName === "a") this.#link(element);
      if (tagName !== "img") return;
      const picture = this.post.pictures.get(String(properties.src).replace("lab-picture:", ""));
      if (picture) Object.assign(element, image(picture, { alt: "", ...properties }));
      else element.properties = { alt: properties.alt ?? "" };
    });
    this.headings.anchor(tree);
    tree.children = await this.#dressed(tree.children) as Root["children"];
    return toHtml(tree);
  }

  #link({ properties }: Element): void {
    const [, key, fragment] = /^lab-post:([^#]*)(.*)$/.exec(String(properties.href)) ?? [];
    const place = key === undefined ? undefined : this.around.places.get(decodeURIComponent(key));
    if (place) properties.href = `${place.slug}.html${fragment}`;
    else if (key !== undefined) delete properties.href;
  }

  /** Code in colours, tables in boxes that scroll. */
  async #dressed(nodes: readonly (ElementContent | { type: "doctype" })[]): Promise<unknown[]> {
    const dressed: unknown[] = [];
    for (const node of nodes) {
      if (node.type !== "element") dressed.push(node);
      else if (node.tagName === "math") dressed.push(node);
      else if (node.tagName === "pre") dressed.push(await this.#pre(node));
      else {
        node.children = await this.#dressed(node.children) as ElementContent[];
        dressed.push(node.tagName === "table" ? this.#table(node) : node);
      }
    }
    return dressed;
  }

  async #pre(pre: Element): Promise<Element> {
    const code = pre.children.find((node) => node.type === "element") as Element | undefined;
    const classes = [code?.properties.className ?? []].flat().map(String);
    const language = classes.find((name) => name.startsWith("language-"))?.slice(9) ?? "";
    return await highlight(toString(pre).replace(/\n$/, ""), language, this.code);
  }

  #table(table: Element): Element {
    scopes(table);
    giveRoom(table);
    const caption = table.children.find((node) => (node as Element).tagName === "caption");
    const about = caption ? `: ${toString(caption).slice(0, 80)}` : "";
    const ariaLabel = `Table ${++this.#tables}${about}`;
    const properties = { className: ["scroll"], tabIndex: 0, role: "region", ariaLabel };
    return { type: "element", tagName: "div", properties, children: [table] };
  }
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

/** The picture as an element, itself its address, at the size that `properties` give. */
function image({ mime, bytes }: Picture, properties: Properties): Element {
  const src = `data:${mime};base64,${bytes.toBase64()}`;
  return { type: "element", tagName: "img", properties: { ...properties, src }, children: [] };
}

function fold(summary: string, html: string): string {
  return `<details class="fold"><summary>${escape(summary)}</summary>\n${html}\n</details>`;
}
