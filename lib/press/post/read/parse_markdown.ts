import type { Literal, Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toString } from "mdast-util-to-string";
import { gfm } from "micromark-extension-gfm";
import { visit } from "unist-util-visit";
import { findFormulas, type Formula, type Range } from "./formulas.ts";

/** A formula in a tree of Markdown; `value` is its TeX. */
export interface FormulaNode extends Literal {
  readonly type: "formula";
  readonly display: boolean;
}

/** Markdown as a tree, and the formulas for which stand-ins are left in its HTML. */
export interface ParsedMarkdown {
  readonly tree: Root;
  readonly formulas: readonly Formula[];
}

/**
 * Markdown, with GitHub's tables and with TeX, as a tree. Its HTML is still in it.
 *
 * As in Jupyter, formulas are taken out before Markdown is read and put back after: each is a word
 * to it. What is code to Markdown is not searched for them.
 */
export function parseMarkdown(source: string): ParsedMarkdown {
  const text = source.replace(/\r\n?/g, "\n").replace(/[\ufdd0\ufdd1]/g, "\ufffd");
  const tree = parse(text);
  if (!/\$|\\\\[([]|\\begin\{/.test(text)) return { tree, formulas: [] };
  const code: Range[] = [];
  visit(tree, ["code", "inlineCode"], ({ position }) => {
    code.push([position!.start.offset!, position!.end.offset!]);
  });
  const formulas = findFormulas(text, "markdown", code);
  let held = "", end = 0;
  for (const [i, formula] of formulas.entries()) {
    held += text.slice(end, formula.start) + `\ufdd0${i}\ufdd1`;
    end = formula.end;
  }
  const put = parse(held + text.slice(end));
  visit(put, (node, index, parent) => {
    if (node.type === "html") return;
    if (node.type !== "text" || !parent || index === undefined) {
      for (const [name, value] of Object.entries(node)) {
        if (typeof value === "string") Object.assign(node, { [name]: asWritten(value, formulas) });
      }
      return;
    }
    const parts = withFormulas(
      node.value,
      formulas,
      (value): Nodes => ({ type: "text", value }),
      ({ tex, display }) => ({ type: "formula", value: tex, display }) as unknown as Nodes,
    );
    (parent.children as Nodes[]).splice(index, 1, ...parts);
    return index + parts.length;
  });
  return { tree: put, formulas };
}

function parse(text: string): Root {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

const STAND_IN = /\ufdd0(\d+)\ufdd1/g;

/** A text with stand-ins as nodes: text, and the formulas in between. */
export function withFormulas<Node>(
  text: string,
  formulas: readonly Formula[],
  textNode: (value: string) => Node,
  formulaNode: (formula: Formula) => Node,
): Node[] {
  return text.split(STAND_IN).flatMap((part, i) =>
    i % 2 === 1 ? [formulaNode(formulas[Number(part)])] : part === "" ? [] : [textNode(part)]
  );
}

/** A text with formulas for its stand-ins, as they were written: an address can hold no other. */
export function asWritten(text: string, formulas: readonly Formula[]): string {
  return text.replace(STAND_IN, (_, i) => texSource(formulas[Number(i)]));
}

/** A formula between its dollars. An environment needs none. */
export function texSource({ tex, display }: Formula): string {
  if (display) return /^\\begin\{/.test(tex) ? tex : `$$${tex}$$`;
  return `$${tex}$`;
}

/** The text of a part of a tree in one line, HTML left out, with formulas between their dollars. */
export function plainText(node: Nodes): string {
  const copy = structuredClone(node);
  visit(copy, (inner: Nodes | FormulaNode) => {
    if (inner.type !== "formula") return;
    inner.value = texSource({ tex: inner.value, display: inner.display });
  });
  return toString(copy, { includeHtml: false }).replace(/\s+/g, " ").trim();
}
