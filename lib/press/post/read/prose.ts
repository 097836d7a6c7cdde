import type { Element, ElementContent, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { raw } from "hast-util-raw";
import { h } from "hastscript";
import { toHast } from "mdast-util-to-hast";
import { visit } from "unist-util-visit";
import { findInHtml, formulaElement, putInHtml } from "./formula_html.ts";
import { findFormulas } from "./formulas.ts";
import { inBlocks } from "./in_blocks.ts";
import { liftDrawings } from "./lift_drawings.ts";
import type { Links } from "./links.ts";
import { type ParsedMarkdown, parseMarkdown } from "./parse_markdown.ts";
import { sanitised } from "./sanitise.ts";

/** Markdown, as text or as a tree, as prose. */
export function markdownProse(written: string | ParsedMarkdown, links: Links): Root {
  const { tree, formulas } = typeof written === "string" ? parseMarkdown(written) : written;
  const html = raw(toHast(tree, { allowDangerousHtml: true, clobberPrefix: "" })) as Root;
  putInHtml(html, formulas);
  return safeProse(html, links);
}

/** HTML that somebody, or something, wrote, as prose. */
function htmlProse(text: string, links: Links): Root {
  const tree = fromHtml(text, { fragment: true });
  findInHtml(tree);
  visit(tree, "element", withoutShape);
  return safeProse(tree, links);
}

/** Takes a frame's size out of its caption, which is for what an author wrote. */
function withoutShape(table: Element): void {
  const caption = table.children.find((node) => (node as Element).tagName === "caption") as Element;
  const last = caption?.children.at(-1);
  if (last?.type !== "text" || !/^[\d,]+ rows? × [\d,]+ columns?$/.test(last.value)) return;
  // With the line break before it.
  caption.children.splice(-2);
  if (caption.children.length === 0) table.children.splice(table.children.indexOf(caption), 1);
}

/** LaTeX as prose: its formulas, and the text between them. Undefined where it holds none. */
function latexProse(text: string): Root | undefined {
  const found = findFormulas(text, "plain");
  if (found.length === 0) return undefined;
  let end = 0;
  const children = found.flatMap(({ start, end: next, tex, display }): ElementContent[] => {
    const before = text.slice(end, start);
    end = next;
    return [{ type: "text", value: before }, formulaElement(tex, display)];
  });
  children.push({ type: "text", value: text.slice(end) });
  return h(null, h("p", children));
}

/** The formats of text that are prose, by MIME type; undefined where it holds nothing to show. */
export const PROSE: Record<string, (text: string, links: Links) => Root | undefined> = {
  "text/html": htmlProse,
  "text/markdown": markdownProse,
  "text/latex": latexProse,
};

function safeProse(html: Root, links: Links): Root {
  links.follow(html);
  liftDrawings(html, links);
  return inBlocks(sanitised(html, links.notes));
}
