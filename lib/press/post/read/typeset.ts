import type { Element, ElementContent, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { visit } from "unist-util-visit";
import { formulaOf } from "./formula_html.ts";
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
 * Typesets, in place, the formulas of a tree as MathML, which a browser shows without a script and
 * without a font of its own. The tree must have been made safe before; what Temml makes of TeX is.
 * A formula that it cannot typeset is shown as it is written, with a note.
 */
export async function typeset(tree: Root, notes: Notes, macros: Macros): Promise<void> {
  const found: [Element, ReturnType<typeof formulaOf> & object][] = [];
  visit(tree, "element", (element: Element) => {
    const formula = formulaOf(element);
    if (formula !== undefined) found.push([element, formula]);
  });
  if (found.length === 0) return;
  // A post without formulas starts without what typesets them.
  const { default: temml } = await import("temml");
  for (const [element, { tex, display }] of found) {
    const known = OTHER_WORDS.reduce(
      (text, [word, other]) => text.replace(word, other as string),
      tex,
    );
    const options = { displayMode: display, annotate: true, throwOnError: true, macros };
    try {
      const mathml = temml.renderToString(known, { ...options, maxSize: [15, 50] });
      const { children } = fromHtml(mathml, { fragment: true });
      Object.assign(element, wrapper(children as ElementContent[], tex, display));
    } catch (error) {
      const [problem] = (error as Error).message.trim().split(/\n| at (?:position|end)/);
      const note = notes.note(`a formula is shown as TeX: ${problem}`);
      const source: Element = { ...element, properties: {} };
      source.children = [{ type: "text", value: texSource({ tex, display }) }];
      const words: ElementContent[] = [{ type: "text", value: note.text }];
      const said: Element = { type: "element", tagName: "em", properties: {}, children: words };
      const children: ElementContent[] = [source, { type: "text", value: " " }, said];
      Object.assign(element, { tagName: "span", properties: {}, children });
    }
  }
}

/** A formula that can be wider than the page is scrolled, not cut: browsers do not break one. */
function wrapper(children: ElementContent[], tex: string, display: boolean): Partial<Element> {
  const className = ["tex", ...display ? ["display"] : tex.length > 50 ? ["wide"] : []];
  const region = { tabIndex: 0, role: "region", ariaLabel: "Formula" };
  const properties = { className, ...className.length > 1 ? region : {} };
  return { tagName: "span", properties, children };
}
