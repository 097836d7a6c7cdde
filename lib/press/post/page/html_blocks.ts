import type { Element, ElementContent, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { toString } from "hast-util-to-string";
import { h } from "hastscript";
import { SKIP, visit } from "unist-util-visit";
import { figure, scrolled } from "./html_figure.ts";
import { highlight } from "./highlight.ts";
import { chartOf, childOf, classesOf } from "../read/blocks.ts";
import { tickBox } from "../read/sanitise.ts";
import { typesetOf } from "../read/formula_html.ts";
import { linkedPost, type Surroundings } from "../read/post.ts";
import type { Post } from "../read/read_post.ts";

/** A heading that a table of contents lists; `html` is what it says. */
export type Entry = Readonly<ReturnType<typeof anchored>[number]>;

/** The post's cells as HTML, and the headings in them. */
export function htmlBlocks(post: Post, around: Surroundings) {
  const headings: Entry[] = [];
  const cells: string[] = [];
  let tables = 0;
  for (const cell of post.cells) {
    const tree = structuredClone(cell);
    visit(tree, { tagName: "table" }, (table: Element, index, parent) => {
      parent!.children[index!] = boxed(table, `Table ${++tables}`);
      return SKIP;
    });
    show(tree, post, around);
    visit(tree, "element", (element) => void headings.push(...anchored(element)));
    for (const block of tree.children) {
      cells.push(toHtml(block, { allowDangerousHtml: true }).trim());
    }
  }
  return { html: cells.filter((html) => html !== "").join("\n"), headings };
}

/** Puts in place what a tree only names: charts, formulas, pictures, posts; and code in colours. */
function show(tree: Root, post: Post, { places }: Surroundings): void {
  visit(tree, "element", (element: Element, index, parent) => {
    const { tagName, properties } = element;
    const chart = post.charts.find(({ name }) => name === chartOf(element));
    const isCode = tagName === "pre" && !classesOf(element).includes("output");
    const other = chart ? figure(chart) : typesetOf(element) ??
      (tagName === "input" ? tickBox(element) : isCode ? coloured(element) : undefined);
    if (other !== undefined) {
      parent!.children[index!] = other;
      return SKIP;
    }
    const [place, fragment] = linkedPost(String(properties.href), places) ?? [];
    if (place !== undefined) properties.href = `${place.slug}.html${fragment}`;
    if (tagName !== "img") return;
    const picture = post.pictures.get(String(properties.src).replace("lab-picture:", ""));
    const src = picture && `data:${picture.mime};base64,${picture.bytes.toBase64()}`;
    element.properties = { alt: "", ...properties, src };
  });
}

/** Gives a heading, which has its id, a link to itself, in place; and what a list says of it. */
function anchored({ tagName, properties, children }: Element) {
  const level = /^h([2-6])$/.exec(tagName)?.[1];
  const text = words(children).replace(/\s+/g, " ").trim();
  if (level === undefined || text === "" || properties.className) return [];
  const id = String(properties.id ?? "");
  const html = toHtml(withoutLinks(children));
  const ariaLabel = `Link to “${text}”`;
  children.push(h("a", { className: ["anchor"], href: `#${id}`, ariaLabel }, "#"));
  return [{ id, html, level: Number(level) }];
}

function coloured(pre: Element): Element {
  const code = pre.children.find((node) => node.type === "element");
  const classes = code === undefined ? [] : classesOf(code);
  const language = classes.find((name) => name.startsWith("language-"))?.slice(9) ?? "";
  return highlight(toString(pre).replace(/\n$/, ""), language);
}

/** Characters from which a cell is to be read as words, and as a sentence. */
const WORDS = 12, LONG = 60;

/**
 * A table in a box that scrolls. Its header cells say what they head: those in the head a column, the
 * others a row. Cells that hold more than a few words are marked: in a narrow column they would be a
 * word wide.
 */
function boxed(table: Element, name: string): Element {
  for (const [part, scope] of [["thead", "col"], ["tbody", "row"]]) {
    visit(table, { tagName: part }, (rows: Element) => {
      visit(rows, { tagName: "th" }, (cell: Element) => {
        if (toString(cell).trim() === "") cell.tagName = "td";
        else cell.properties.scope ??= scope;
      });
    });
  }
  visit(table, "element", (cell: Element) => {
    const { length } = ["td", "th"].includes(cell.tagName) ? toString(cell) : "";
    if (length > WORDS) cell.properties.className = [length > LONG ? "long" : "words"];
  });
  const caption = childOf(table, "caption");
  const about = caption ? `: ${toString(caption).slice(0, 80)}` : "";
  return scrolled(table, `${name}${about}`);
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
