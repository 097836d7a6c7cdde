import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toString } from "mdast-util-to-string";
import { gfm } from "micromark-extension-gfm";
import { visit } from "unist-util-visit";
import { findFormulas, type Formula, type Range } from "./formulas.ts";

/** Markdown as a tree, and the formulas for which stand-ins are left in its text and its HTML. */
export type ParsedMarkdown = Readonly<ReturnType<typeof parseMarkdown>>;

/**
 * Markdown, with GitHub's tables and with TeX, as a tree. Its HTML is still in it.
 *
 * As in Jupyter, formulas are taken out before Markdown is read and put back after: each is a word
 * to it. What is code to Markdown is not searched for them.
 */
export function parseMarkdown(source: string) {
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
  visit(put, (node) => {
    if (node.type === "text" || node.type === "html") return;
    for (const [name, value] of Object.entries(node)) {
      if (typeof value === "string") Object.assign(node, { [name]: asWritten(value, formulas) });
    }
  });
  return { tree: put, formulas };
}

function parse(text: string): Root {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** What stands for a formula by its number: two signs that no text may hold. */
export const STAND_IN = /\ufdd0(\d+)\ufdd1/g;

/** A text with formulas for its stand-ins, as they were written: an address can hold no other. */
export function asWritten(text: string, formulas: readonly Formula[]): string {
  return text.replace(STAND_IN, (_, i) => texSource(formulas[Number(i)]));
}

/** A formula between its dollars. An environment needs none. */
export function texSource({ tex, display }: Formula): string {
  if (display) return /^\\begin\{/.test(tex) ? tex : `$$${tex}$$`;
  return `$${tex}$`;
}

/** The text of a part of Markdown in one line, no HTML or picture in it, formulas between their dollars. */
export function plainText(node: Nodes, formulas: readonly Formula[]): string {
  const text = asWritten(toString(node, { includeHtml: false, includeImageAlt: false }), formulas);
  return text.replace(/\s+/g, " ").trim();
}
