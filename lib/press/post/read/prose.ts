import type { Element, ElementContent, Parents, Root, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { phrasing } from "hast-util-phrasing";
import { raw } from "hast-util-raw";
import { toString } from "hast-util-to-string";
import { h } from "hastscript";
import { toHast } from "mdast-util-to-hast";
import { SKIP, visit } from "unist-util-visit";
import { childOf, holds } from "./blocks.ts";
import { findInHtml, formulaOf, putInHtml, withFormulas } from "./formula_html.ts";
import { follow, isHidden, type Reading } from "./links.ts";
import { type ParsedMarkdown, parseMarkdown } from "./parse_markdown.ts";
import { sanitised } from "./sanitise.ts";

/** Markdown, as text or as a tree, as prose. */
export function markdownProse(written: string | ParsedMarkdown, reading: Reading): Root {
  const { tree, formulas } = typeof written === "string" ? parseMarkdown(written) : written;
  const html = raw(toHast(tree, { allowDangerousHtml: true, clobberPrefix: "" })) as Root;
  putInHtml(html, formulas);
  return safeProse(html, reading);
}

/** HTML that somebody, or something, wrote, as prose. */
function htmlProse(text: string, reading: Reading): Root {
  const tree = fromHtml(text, { fragment: true });
  findInHtml(tree);
  visit(tree, "element", withoutShape);
  return safeProse(tree, reading);
}

/** Takes a frame's size out of its caption, which is for what an author wrote. */
function withoutShape(table: Element): void {
  const caption = childOf(table, "caption");
  const last = caption?.children.at(-1);
  if (
    caption === undefined || last?.type !== "text" ||
    !/^[\d,]+ rows? × [\d,]+ columns?$/.test(last.value)
  ) return;
  // With the line break before it.
  caption.children.splice(-2);
  if (caption.children.length === 0) table.children.splice(table.children.indexOf(caption), 1);
}

/** LaTeX as prose: its formulas, and the text between them. Undefined where it holds none. */
function latexProse(text: string): Root | undefined {
  const parts = withFormulas(text);
  return parts.length === 1 ? undefined : h(null, h("p", parts));
}

/** The formats of text that are prose, by MIME type; undefined where it holds nothing to show. */
export const PROSE: Record<string, (text: string, reading: Reading) => Root | undefined> = {
  "text/html": htmlProse,
  "text/markdown": markdownProse,
  "text/latex": latexProse,
};

function safeProse(html: Root, reading: Reading): Root {
  withoutHidden(html, reading);
  follow(html, reading);
  visit(html, "element", keepLines);
  visit(html, "element", placeHeading);
  return inBlocks(sanitised(html, reading.notes));
}

/** Takes out, in place, what a notebook does not show either; macros that are defined there stay. */
function withoutHidden(html: Root, { notes }: Reading): void {
  visit(html, "element", (node, index, parent) => {
    // Hidden drawings may hold shapes for others.
    if (node.tagName === "svg") return SKIP;
    if (!isHidden(node)) return;
    const macros: Element[] = [];
    let isBlank = true;
    visit(node, (inner) => {
      const tex = inner.type === "element" ? formulaOf(inner)?.tex : undefined;
      if (tex !== undefined && /\\(def|let|\w*command|DeclareMath\w+)(?![A-Za-z])/.test(tex)) {
        macros.push(inner as Element);
        return SKIP;
      }
      if (inner.type === "text" && inner.value.trim() !== "") isBlank = false;
    });
    parent!.children.splice(index!, 1, ...macros);
    if (!isBlank) {
      notes.warn("a part that is hidden until a script or a style shows it is left out");
    }
    return index! + macros.length;
  });
}

/**
 * The page's title alone is of the first level: what Markdown has there was moved down before. A
 * heading without words heads nothing.
 */
function placeHeading(node: Element): void {
  if (!/^h[1-6]$/.test(node.tagName)) return;
  const isBlank = toString(node).trim() === "" && !holds(node, /^img$/);
  node.tagName = isBlank ? "p" : node.tagName.replace("h1", "h2");
}

/** Makes, in place, what a style keeps in its lines, as a drawing of boxes has to be, preformatted. */
function keepLines(node: Element, _: number | undefined, parent: Parents | undefined): void {
  const within = parent?.type === "element" ? parent.tagName : "div";
  if (
    /(?:^|;)\s*white-space:\s*pre/i.test(String(node.properties.style)) &&
    /^(div|p|span)$/.test(node.tagName) && /^(div|section|td|li)$/.test(within) &&
    !node.children.some((child) => child.type === "element" && holds(child, BLOCKS))
  ) node.tagName = "pre";
}

/** Makes, in place, each part of a tree a block: words between blocks get a paragraph of their own. */
function inBlocks(tree: Root): Root {
  unwrap(tree);
  let run: ElementContent[] = [];
  const blocks: RootContent[] = [];
  const end = () => {
    const isBlank = run.every((node) => node.type === "text" && node.value.trim() === "");
    if (isBlank) blocks.push(...run);
    else blocks.push(h("p", run));
    run = [];
  };
  for (const node of tree.children) {
    const isWords = node.type === "element" && phrasing(node) && !holds(node, BLOCKS);
    if (node.type === "text" || isWords) run.push(node);
    else {
      end();
      blocks.push(node);
    }
  }
  end();
  tree.children = blocks;
  return tree;
}

/** What is meant for words but holds blocks, as an element that nobody closed does, goes. */
function unwrap(tree: Root): void {
  visit(tree, "element", (node, index, parent) => {
    if (node.tagName === "a" || !phrasing(node) || !holds(node, BLOCKS)) return;
    parent!.children.splice(index!, 1, ...node.children);
    return index;
  });
}

const BLOCKS = /^(p|h[1-6]|ul|ol|dl|pre|table|blockquote|div|section|details|figure|hr)$/;
