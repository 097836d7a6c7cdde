import type { Element, Root as Html } from "hast";
import { fromHtml } from "hast-util-from-html";
import { raw } from "hast-util-raw";
import type { Nodes, Root as Markdown } from "mdast";
import { type Options, toHast } from "mdast-util-to-hast";
import { visit } from "unist-util-visit";
import type { Cell } from "../../notebook/notebook.ts";
import { asMarkdown } from "./as_markdown.ts";
import { follow } from "./follow.ts";
import { findInHtml, formulaElement, putInHtml } from "./formula_html.ts";
import { findFormulas } from "./formulas.ts";
import { liftDrawings } from "./lift_drawings.ts";
import { inBlocks } from "./in_blocks.ts";
import type { Links } from "./links.ts";
import type { Notes } from "./notes.ts";
import { type FormulaNode, type ParsedMarkdown, parseMarkdown } from "./parse_markdown.ts";
import type { Prose } from "./post.ts";
import { sanitised } from "./sanitise.ts";

const nothing = () => ({ type: "root" as const, children: [] });

const formula = (_: unknown, { value, display }: FormulaNode) => formulaElement(value, display);
const TO_HTML = {
  allowDangerousHtml: true,
  clobberPrefix: "",
  handlers: { formula } as Options["handlers"],
};

/** Markdown, as text or as a tree, as prose. `cell` holds its attachments. */
export function markdownProse(
  written: string | ParsedMarkdown,
  cell: Cell | null,
  links: Links,
): Prose {
  const { tree, formulas } = typeof written === "string" ? parseMarkdown(written) : written;
  let hasHtml = false;
  visit(tree, "html", () => void (hasHtml = true));
  if (hasHtml) {
    const html = raw(toHast(tree, TO_HTML)) as Html;
    putInHtml(html, formulas);
    return safeProse(html, cell, links);
  }
  // The author's own Markdown stays as it is; HTML in it might be anything.
  follow(tree, cell, links);
  return { kind: "prose", written: "markdown", html: nothing(), markdown: tree };
}

/** HTML that somebody, or something, wrote, as prose. */
export function htmlProse(text: string, links: Links): Prose {
  const tree = fromHtml(text, { fragment: true });
  findInHtml(tree);
  visit(tree, "element", withoutShape);
  return safeProse(tree, null, links);
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
export function latexProse(text: string): Prose | undefined {
  const found = findFormulas(text, "plain");
  if (found.length === 0) return undefined;
  let end = 0;
  const children = found.flatMap(({ start, end: next, tex, display }): Nodes[] => {
    const before = text.slice(end, start);
    end = next;
    return [{ type: "text", value: before }, { type: "formula", value: tex, display } as never];
  });
  children.push({ type: "text", value: text.slice(end) });
  const markdown = { type: "root", children: [{ type: "paragraph", children }] } as Markdown;
  return { kind: "prose", written: "markdown", html: nothing(), markdown };
}

function safeProse(html: Html, cell: Cell | null, links: Links): Prose {
  follow(html, cell, links);
  liftDrawings(html, links);
  const safe = inBlocks(sanitised(html, links.notes));
  return { kind: "prose", written: "html", html: safe, markdown: nothing() };
}

/**
 * Makes the tree that a prose was not written in. `number` tells its footnotes from those of others;
 * `linked` are the ids in the post that something leads to.
 */
export function completeProse(
  prose: Prose,
  number: number,
  linked: ReadonlySet<string>,
  notes: Notes,
): void {
  if (prose.written === "html") {
    prose.markdown.children = asMarkdown(prose.html, linked).children;
    return;
  }
  visit(prose.markdown, ["footnoteReference", "footnoteDefinition"], (node) => {
    const note = node as { identifier: string; label?: string | null };
    note.label = note.identifier = `${number}-${note.identifier}`;
  });
  const html = toHast(prose.markdown, TO_HTML) as Html;
  visit(html, "element", ({ properties }) => {
    for (const name of ["id", "ariaDescribedBy"]) {
      if (String(properties[name]) === "footnote-label") properties[name] = `footnotes-${number}`;
    }
  });
  prose.html.children = sanitised(html, notes).children;
}
