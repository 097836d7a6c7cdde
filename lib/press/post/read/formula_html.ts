import type { Element, ElementContent, Root } from "hast";
import { h } from "hastscript";
import { SKIP, visit } from "unist-util-visit";
import { classesOf } from "./blocks.ts";
import { findFormulas, type Formula } from "./formulas.ts";
import { asWritten, STAND_IN } from "./parse_markdown.ts";

/** A formula in HTML, up to the day it is typeset: the element that has become customary for one. */
export function formulaElement(tex: string, display: boolean): Element {
  return h("code", { className: ["language-math", display ? "math-display" : "math-inline"] }, tex);
}

/** The formula that an element stands for; undefined for any other. */
export function formulaOf(element: Element): Formula | undefined {
  const classes = classesOf(element);
  if (element.tagName !== "code" || !classes.includes("language-math")) return undefined;
  const display = classes.includes("math-display");
  if (!display && !classes.includes("math-inline")) return undefined;
  const [text] = element.children;
  return { tex: text?.type === "text" ? text.value : "", display };
}

/** Finds, in place, the TeX in HTML, where MathJax would look for it. */
export function findInHtml(tree: Root): void {
  inTexts(tree, (text) => {
    const found = findFormulas(text, "plain");
    let end = 0;
    const parts = found.flatMap((formula): ElementContent[] => {
      const before = text.slice(end, formula.start);
      end = formula.end;
      return [{ type: "text", value: before }, formulaElement(formula.tex, formula.display)];
    });
    return [...parts, { type: "text", value: text.slice(end) }];
  }, (text) => text);
}

/** Puts back, in place, the formulas for which Markdown left stand-ins in its HTML. */
export function putInHtml(tree: Root, formulas: readonly Formula[]): void {
  const part = (held: string, i: number): ElementContent => {
    if (i % 2 === 0) return { type: "text", value: held };
    const { tex, display } = formulas[Number(held)];
    return formulaElement(tex, display);
  };
  inTexts(tree, (held) => held.split(STAND_IN).map(part), (held) => asWritten(held, formulas));
}

/** Elements whose text is shown as it is. */
const VERBATIM = ["pre", "code", "samp", "kbd", "script", "style", "textarea"];

/** Makes of each text what it holds; in code and in attributes it stays text. */
function inTexts(
  tree: Root,
  parts: (text: string) => ElementContent[],
  verbatim: (text: string) => string,
): void {
  visit(tree, (node, index, parent) => {
    if (node.type === "element") {
      for (const [name, value] of Object.entries(node.properties)) {
        if (typeof value === "string") node.properties[name] = verbatim(value);
      }
      const isIgnored = /(tex2jax|mathjax)_ignore/.test(classesOf(node).join(" "));
      if (!VERBATIM.includes(node.tagName) && !isIgnored) return;
      visit(node, "text", (text) => void (text.value = verbatim(text.value)));
      return SKIP;
    }
    if (node.type !== "text" || !parent || index === undefined) return;
    const made = parts(node.value);
    (parent.children as ElementContent[]).splice(index, 1, ...made);
    return index + made.length;
  });
}
