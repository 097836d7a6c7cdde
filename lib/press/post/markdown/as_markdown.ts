import type { Element, ElementContent, Root as Html } from "hast";
import { defaultHandlers, type State, toMdast } from "hast-util-to-mdast";
import type { Literal, Nodes, Root as Markdown } from "mdast";
import { toString } from "hast-util-to-string";
import { visit } from "unist-util-visit";
import { formulaOf } from "../read/formula_html.ts";
import type { Formula } from "../read/formulas.ts";
import { tickBox } from "../read/sanitise.ts";

/** A formula in a line of Markdown, or between paragraphs; `value` is its TeX. */
export interface FormulaNode extends Literal {
  readonly type: "inlineMath" | "math";
  readonly display: boolean;
}

/**
 * Safe HTML as Markdown with no HTML in it but anchors; what Markdown has no word for is kept as
 * its text. What stands between blocks becomes one. Of the ids, those in `linked` are kept. `number`
 * tells the footnotes from those of other texts.
 */
export function asMarkdown(html: Html, linked: ReadonlySet<string>, number: number): Markdown {
  const copy = structuredClone(html);
  const footnotes = footnotesIn(copy, number);
  visit(copy, "element", (table: Element, index, parent) => {
    if (table.tagName !== "table" || !parent || index === undefined) return;
    const caption = table.children.find((node) => isElement(node, "caption"));
    table.children = table.children.filter((node) => node !== caption);
    visit(table, "element", oneLine);
    if (caption === undefined) return;
    oneLine(caption as Element);
    const { children } = caption as Element;
    parent.children.splice(index, 0, element("p", [element("em", children)]));
    return index + 2;
  });
  anchorsIn(copy, linked);
  // What is written makes one space of several, and to TeX they may mean something.
  visit(
    copy,
    "element",
    (node) => void Object.assign(node, { data: { formula: formulaOf(node) } }),
  );
  const handlers = {
    ...{ a: link, code, img: image, sub: script, input: (_: State, box: Element) => tickBox(box) },
    ...headings(),
    ...footnotes,
  };
  return toMdast(copy, { document: true, newlines: true, handlers: handlers as never }) as Markdown;
}

/** Takes, in place, the ways back out of the footnotes; how Markdown writes them, and what leads there. */
function footnotesIn(tree: Html, number: number) {
  visit(tree, "element", (node, index, parent) => {
    if (node.properties.dataFootnoteBackref === undefined) return;
    parent!.children.splice(index!, 1);
    return index;
  });
  const named = (label: string | number) => ({
    identifier: `${number}-${label}`,
    label: `${number}-${label}`,
  });
  return {
    section: (state: State, node: Element) => {
      if (node.properties.dataFootnotes === undefined) return state.all(node);
      const list = node.children.find((child) => isElement(child, "ol")) as Element;
      return list.children.filter((child) => isElement(child, "li")).map((item, i) => ({
        ...{ type: "footnoteDefinition", ...named(i + 1) },
        children: state.toFlow(state.all(item as Element)),
      }));
    },
    sup: (state: State, node: Element) => {
      const [ref] = node.children as Element[];
      if (ref?.properties?.dataFootnoteRef === undefined) return script(state, node);
      return { type: "footnoteReference", ...named(toString(ref)) };
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
    const anchor: Element = { ...element("a", []), properties: { id } };
    let holder: Element | undefined = ["img", "br", "hr"].includes(tagName) ? undefined : node;
    while (holder && ["table", "thead", "tbody", "tr", "ul", "ol", "dl"].includes(holder.tagName)) {
      holder = holder.children.find((child) => child.type === "element");
    }
    if (holder !== undefined) holder.children.unshift(anchor);
    else parent!.children.splice(index!, 0, anchor);
  });
}

/** Signs that stand high or low without markup. */
const RAISED: Record<string, string> = Object.fromEntries(
  [..."0123456789+-=()n"].map((sign, i) => [sign, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"[i]]),
);
const LOWERED: Record<string, string> = Object.fromEntries(
  [..."0123456789+-=()"].map((sign, i) => [sign, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"[i]]),
);

/** What is raised or lowered, in Unicode's signs or behind TeX's. */
function script(state: State, node: Element): Nodes | Nodes[] {
  const text = toString(node);
  const [signs, mark] = node.tagName === "sup" ? [RAISED, "^"] : [LOWERED, "_"];
  if (node.children.some(({ type }) => type === "element")) return state.all(node) as Nodes[];
  const isKnown = [...text].every((sign) => Object.hasOwn(signs, sign));
  return {
    type: "text",
    value: isKnown ? [...text].map((sign) => signs[sign]).join("") : mark + text,
  };
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

function headings() {
  const handler = (state: State, node: Element) => {
    const made = defaultHandlers.h1(state, node);
    return { ...made, data: { hProperties: { id: node.properties.id } } };
  };
  return Object.fromEntries([1, 2, 3, 4, 5, 6].map((depth) => [`h${depth}`, handler]));
}

function element(tagName: string, children: ElementContent[]): Element {
  return { type: "element", tagName, properties: {}, children };
}

/** In one line: blocks and breaks become spaces, what is small stands in brackets. */
function oneLine(cell: Element): void {
  if (!["td", "th", "caption"].includes(cell.tagName)) return;
  const space: ElementContent = { type: "text", value: " " };
  const flat = (nodes: readonly ElementContent[]): ElementContent[] =>
    nodes.flatMap((node): ElementContent[] => {
      if (node.type !== "element") return [node];
      const children = flat(node.children);
      if (node.tagName === "br") return [space];
      if (/^(p|div|ul|ol|li|pre|h[1-6]|blockquote)$/.test(node.tagName)) {
        return [space, ...children, space];
      }
      if (node.tagName !== "small") return [{ ...node, children }];
      return [{ type: "text", value: "(" }, ...children, { type: "text", value: ")" }];
    });
  cell.children = flat(cell.children);
}

function isElement(node: { type: string }, tagName: string): boolean {
  return node.type === "element" && (node as Element).tagName === tagName;
}
