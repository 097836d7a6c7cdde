import type { Element, Root as Html } from "hast";
import { toString } from "hast-util-to-string";
import { defaultHandlers, type State, toMdast } from "hast-util-to-mdast";
import { h } from "hastscript";
import type { Literal, Nodes, Root as Markdown } from "mdast";
import { visit } from "unist-util-visit";
import { childOf, classesOf } from "../read/blocks.ts";
import { formulaOf } from "../read/formula_html.ts";
import type { Formula } from "../read/formulas.ts";
import { escape } from "../read/markup.ts";
import { tickBox } from "../read/sanitise.ts";
import { flatTables } from "./flat_tables.ts";

/** A formula in a line of Markdown, or between paragraphs; `value` is its TeX. */
export interface FormulaNode extends Literal {
  readonly type: "inlineMath" | "math";
  readonly display: boolean;
}

/**
 * Safe HTML as Markdown, with no HTML in it but anchors and folds; what Markdown has no word for is
 * kept as its text. What stands between blocks becomes one. The HTML is changed on the way.
 *
 * @param linked the ids that are led to: only these are kept
 * @param number tells the footnotes from those of other trees
 * @param fold the tag that opens what is folded; null for a reader of Markdown that lets no HTML through
 */
export function asMarkdown(
  html: Html,
  linked: ReadonlySet<string>,
  number: number,
  fold: string | null,
): Markdown {
  const footnotes = footnotesIn(html, number);
  flatTables(html);
  anchorsIn(html, linked);
  visit(html, "element", (node) => {
    // What is written makes one space of several, and to TeX they may mean something.
    Object.assign(node, { data: { formula: formulaOf(node) } });
  });
  const details = (state: State, node: Element) => folded(state, node, fold);
  const input = (_: State, node: Element) => tickBox(node);
  const handlers = {
    a: link,
    code,
    details,
    img: image,
    input,
    p: paragraph,
    pre,
    sub: script,
    ...Object.fromEntries(["h1", "h2", "h3", "h4", "h5", "h6"].map((name) => [name, heading])),
    ...footnotes,
  };
  return toMdast(html, { document: true, newlines: true, handlers: handlers as never }) as Markdown;
}

/** What is folded, in HTML. Code that cannot be is named: nothing is left out without a word. */
function folded(state: State, node: Element, fold: string | null): Nodes[] {
  const summary = childOf(node, "summary");
  const rest = node.children.filter((child) => child !== summary);
  const flow = (children: Element["children"]) =>
    state.toFlow(state.all(h("div", children)) as never) as Nodes[];
  if (fold !== null) {
    const words = escape(summary === undefined ? "" : toString(summary)).trim() || "Details";
    const open: Nodes = { type: "html", value: `${fold}\n<summary>${words}</summary>` };
    const pictures: Element[] = [];
    visit(summary ?? h("p"), { tagName: "img" }, (picture: Element) => void pictures.push(picture));
    const inside = pictures.length > 0 ? [h("p", pictures), ...rest] : rest;
    return [open, ...flow(inside), { type: "html", value: "</details>" }];
  }
  if (!classesOf(node).includes("fold")) return flow(node.children);
  const [code, ...others] = rest as Element[];
  if (others.length > 0 || code.tagName !== "pre" || classesOf(code).includes("output")) {
    return flow(rest);
  }
  const lines = toString(code).split("\n").length;
  const counted = `${lines} ${lines === 1 ? "line" : "lines"} of code`;
  return flow([h("p", h("em", `Folded in the notebook, left out here: ${counted}.`))]);
}

/** Takes, in place, the ways back out of the footnotes; how Markdown writes them, and what leads there. */
function footnotesIn(tree: Html, number: number) {
  visit(tree, "element", (node, index, parent) => {
    if (node.properties.dataFootnoteBackref === undefined) return;
    parent!.children.splice(index!, 1);
    return index;
  });
  return {
    section: (state: State, node: Element) => {
      if (node.properties.dataFootnotes === undefined) return state.all(node);
      const items = childOf(node, "ol")!.children as Element[];
      return items.filter(({ tagName }) => tagName === "li").map((item, i) => ({
        type: "footnoteDefinition",
        identifier: `${number}-${i + 1}`,
        children: state.toFlow(state.all(item)),
      }));
    },
    sup: (state: State, node: Element) => {
      const [ref] = node.children as Element[];
      if (ref?.properties?.dataFootnoteRef === undefined) return script(state, node);
      return { type: "footnoteReference", identifier: `${number}-${toString(ref)}` };
    },
  };
}

/** An id that is led to becomes an anchor where it begins; a heading keeps its own. */
function anchorsIn(tree: Html, linked: ReadonlySet<string>): void {
  visit(tree, "element", (node: Element, index, parent) => {
    const { tagName, properties: { id } } = node;
    if (id === undefined || tagName === "a" || /^h[1-6]$/.test(tagName)) return;
    delete node.properties.id;
    if (!linked.has(String(id))) return;
    const anchor = h("a", { id });
    let holder: Element | undefined = ["img", "br", "hr"].includes(tagName) ? undefined : node;
    while (holder && ["table", "thead", "tbody", "tr", "ul", "ol", "dl"].includes(holder.tagName)) {
      holder = holder.children.find((child) => child.type === "element");
    }
    if (holder !== undefined) holder.children.unshift(anchor);
    else parent!.children.splice(index!, 0, anchor);
  });
}

/** Signs that stand high or low without markup, in the order of those that they stand for. */
const SIGNS = "0123456789+-=()n", HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", LOW = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎";

/** What is raised or lowered, in Unicode's signs or behind TeX's. */
function script(state: State, node: Element): Nodes | Nodes[] {
  if (node.children.some(({ type }) => type === "element")) return state.all(node) as Nodes[];
  const text = toString(node);
  const [signs, mark] = node.tagName === "sup" ? [HIGH, "^"] : [LOW, "_"];
  const value = [...text].map((sign) => signs[SIGNS.indexOf(sign)]);
  return { type: "text", value: value.every(Boolean) ? value.join("") : mark + text };
}

function link(state: State, node: Element): Nodes | Nodes[] {
  const { id, href } = node.properties;
  const anchor = id === undefined ? [] : [{ type: "html", value: `<a id="${id}"></a>` } as Nodes];
  if (href === undefined) return [...anchor, ...state.all(node) as Nodes[]];
  return [...anchor, defaultHandlers.a(state, node)];
}

function image(state: State, node: Element): Nodes {
  const { width, height } = node.properties;
  return { ...defaultHandlers.img(state, node), data: { hProperties: { width, height } } } as Nodes;
}

function code(state: State, node: Element): Nodes {
  const { data } = node as { data?: { formula?: Formula } };
  if (data?.formula === undefined) return defaultHandlers.code(state, node);
  return { type: "inlineMath", value: data.formula.tex, display: data.formula.display } as never;
}

/** A heading is one line: kramdown knows none of several. */
function heading(state: State, node: Element): Nodes {
  const made = {
    ...defaultHandlers.h1(state, node),
    data: { hProperties: { id: node.properties.id } },
  };
  visit(made as Nodes, (part, index, parent) => {
    if (part.type === "break") parent!.children[index!] = { type: "text", value: " " };
    if (part.type === "text") part.value = part.value.replace(/\s*\n\s*/g, " ");
  });
  return made as Nodes;
}

function paragraph(state: State, node: Element): Nodes {
  if (classesOf(node).includes("note")) node.children = [h("em", node.children)];
  return defaultHandlers.p(state, node)!;
}

/** What a cell printed is no code, in whatever language. */
function pre(state: State, node: Element): Nodes {
  if (!classesOf(node).includes("output")) return defaultHandlers.pre(state, node);
  return { type: "code", lang: "text", value: toString(node) };
}
