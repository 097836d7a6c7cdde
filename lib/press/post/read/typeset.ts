import type { Element, ElementContent, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { h } from "hastscript";
import { visit } from "unist-util-visit";
import { formulaOf } from "./formula_html.ts";
import { type Formula } from "./formulas.ts";
import type { Notes } from "./notes.ts";
import { texSource } from "./parse_markdown.ts";

/** Macros that formulas have defined for those after them, in all of a post as in MathJax. */
export type Macros = Record<string, string>;

/** What MathJax knows and Temml has another word for. */
const OTHER_WORDS: readonly (readonly [RegExp, string | ((...found: string[]) => string)])[] = [
  [
    /\\(?:re)?newcommand\*?\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*(?:\[(\d)\])?(?=\s*\{)/g,
    (_, name, n) =>
      `\\gdef${name}${Array.from({ length: Number(n ?? 0) }, (_, i) => `#${i + 1}`).join("")}`,
  ],
  [
    /\\DeclareMathOperator\*?\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*\{([^{}]*)\}/g,
    "\\gdef$1{\\operatorname{$2}}",
  ],
  [/\\def(?![A-Za-z])/g, "\\gdef"],
  [/\\require\s*\{[^{}]*\}/g, ""],
  [/\\mbox(?![A-Za-z])/g, "\\text"],
  [/\\label\s*\{[^{}]*\}/g, ""],
  [/\\eqref\s*\{([^{}]*)\}/g, "(\\text{$1})"],
  [/\\ref\s*\{([^{}]*)\}/g, "\\text{$1}"],
  [/\\begin\{eqnarray\*?\}/g, "\\begin{array}{rcl}"],
  [/\\end\{eqnarray\*?\}/g, "\\end{array}"],
];

/**
 * Typesets the formulas of a tree as MathML, which a browser shows without a script and without a
 * font of its own; {@link typesetOf} has them. A formula that Temml cannot typeset is shown as it is
 * written, with a note.
 */
export async function typeset(tree: Root, notes: Notes, macros: Macros): Promise<void> {
  const found: [Element, Formula][] = [];
  visit(tree, "element", (element: Element) => {
    const formula = formulaOf(element);
    if (formula !== undefined) found.push([element, formula]);
  });
  if (found.length === 0) return;
  // A post without formulas starts without what typesets them.
  const { default: temml } = await import("temml");
  for (const [element, formula] of found) {
    const known = OTHER_WORDS.reduce(
      (text, [word, other]) => text.replace(word, other as string),
      formula.tex,
    );
    const options = { displayMode: formula.display, annotate: true, throwOnError: true, macros };
    let shown: Element;
    try {
      const mathml = temml.renderToString(known, { ...options, maxSize: [15, 50] });
      const { children } = fromHtml(mathml, { fragment: true });
      shown = wrapper(children as ElementContent[], formula);
    } catch (error) {
      const [problem] = (error as Error).message.trim().split(/\n| at (?:position|end)/);
      const said = notes.note(`a formula is shown as TeX: ${problem}`);
      shown = h("span", h("code", texSource(formula)), " ", h("em", said));
    }
    element.data = { ...element.data, shown } as Element["data"];
  }
}

/** What a page shows of a formula that has been typeset; undefined for any other element. */
export function typesetOf({ data }: Element): Element | undefined {
  return (data as { shown?: Element } | undefined)?.shown;
}

/** A formula that can be wider than the page is scrolled, not cut: browsers do not break one. */
function wrapper(children: ElementContent[], { tex, display }: Formula): Element {
  const className = ["tex", ...display ? ["display"] : tex.length > 50 ? ["wide"] : []];
  const region = { tabIndex: 0, role: "region", ariaLabel: "Formula" };
  return h("span", { className, ...className.length > 1 ? region : {} }, children);
}
