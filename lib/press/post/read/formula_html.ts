import type { Element, ElementContent, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { h } from "hastscript";
import { SKIP, visit } from "unist-util-visit";
import { classesOf } from "./blocks.ts";
import { findFormulas, type Formula } from "./formulas.ts";
import type { Notes } from "./notes.ts";
import { asWritten, STAND_IN, texSource } from "./parse_markdown.ts";

/** A formula in HTML, up to the day it is typeset: the element that has become customary for one. */
function formulaElement({ tex, display }: Formula): Element {
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
  inTexts(tree, withFormulas, (text) => text);
}

/** A text and the formulas in it, in order: a text, and after it, again and again, a formula and a text. */
export function withFormulas(text: string): ElementContent[] {
  let end = 0;
  const parts = findFormulas(text, "plain").flatMap((formula): ElementContent[] => {
    const before = text.slice(end, formula.start);
    end = formula.end;
    return [{ type: "text", value: before }, formulaElement(formula)];
  });
  return [...parts, { type: "text", value: text.slice(end) }];
}

/** Puts back, in place, the formulas for which Markdown left stand-ins in its HTML. */
export function putInHtml(tree: Root, formulas: readonly Formula[]): void {
  const part = (held: string, i: number): ElementContent =>
    i % 2 === 0 ? { type: "text", value: held } : formulaElement(formulas[Number(held)]);
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

/** Macros that formulas have defined for those after them, in all of a post as in MathJax. */
export type Macros = Record<string, string>;

/** What stands in braces, which may hold some themselves. */
const BRACED = String.raw`\{(?:[^{}\\]|\\[^]|\{(?:[^{}\\]|\\[^])*\})*\}`;

/** Commands that Temml does not take for a sub- or superscript: with something after them, and alone. */
const TAKING =
  "(?:sqrt|vec|(?:wide)?(?:hat|tilde)|bar|d?dot|check|acute|grave|breve|mathring|mathop|boxed|cancel|" +
  "phantom|(?:over|under)(?:line|brace)|over(?:left|right)arrow|rm|bf|it|tt|cal)";
const NAMES = "(?:max|min|sup|inf|lim|arg|deg|det|dim|gcd|hom|ker|Pr|lo?g|ln|exp|sum|prod|int|" +
  "(?:arc)?(?:sin|cos|tan)|(?:sin|cos|tan|cot)h|sec|csc|cot)";

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
  [/\\color(?=\s*\{[^{}]*\}\s*\{)/g, "\\textcolor"],
  [/\\label\s*\{[^{}]*\}/g, ""],
  [/\\eqref\s*\{([^{}]*)\}/g, "(\\text{$1})"],
  [/\\ref\s*\{([^{}]*)\}/g, "\\text{$1}"],
  [/\\begin\{eqnarray\*?\}/g, "\\begin{array}{rcl}"],
  [/\\end\{eqnarray\*?\}/g, "\\end{array}"],
  // In a text every sign is itself, but for the formulas in it.
  [
    new RegExp(String.raw`\\text(?:rm|bf|it|sf|tt|normal)?\s*${BRACED}`, "g"),
    (text) =>
      text.replace(
        /\$[^$]*\$|\\\([^]*?\\\)|\\[^]|[#%&_^]/g,
        (found) => found === "^" ? "\\textasciicircum{}" : found.length > 1 ? found : `\\${found}`,
      ),
  ],
  // A command needs no braces to stand above or below, with what it takes.
  [
    new RegExp(
      String
        .raw`([_^])\s*(\\(?:${TAKING}(?![A-Za-z])\s*(?:\[[^\]]*\]\s*)?(?:${BRACED}|\\[A-Za-z]+|[^\\{}])|${NAMES}(?![A-Za-z])))`,
      "g",
    ),
    "$1{$2}",
  ],
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
      const mathml = temml.renderToString(known, { ...options, maxSize: [15, 50] })
        .replace(/(?<=style="color:)#\w+/g, "light-dark($&,color-mix(in srgb,$& 50%,#fff))");
      const { children } = fromHtml(mathml, { fragment: true });
      shown = wrapper(children as ElementContent[], formula);
    } catch (error) {
      const [problem] = (error as Error).message.trim().split(/\.?(?:\n|$| at (?:position|end))/);
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
