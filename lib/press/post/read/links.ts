import { slug } from "github-slugger";
import type { Element, ElementContent, Parent, Root } from "hast";
import { h } from "hastscript";
import { extname } from "node:path";
import { toString } from "hast-util-to-string";
import { SKIP, visit } from "unist-util-visit";
import { decoded } from "../../../ground/secrets.ts";
import type { Cell } from "../../notebook/notebook.ts";
import { childOf, holds } from "./blocks.ts";
import { drawingInHtml } from "./drawing.ts";
import type { Notes } from "./notes.ts";
import type { PictureShelf } from "./pictures.ts";
import { type Place, postLink } from "./post.ts";
import type { Chart } from "./read_chart.ts";

/** Finds the post that a notebook's file, beside the one that is read, becomes; undefined for none. */
export type FindPost = (file: string) => (Place & { readonly key: string }) | undefined;

/** What reading one cell goes by, and where what is found in it goes. */
export interface Reading {
  /** It may hold pictures, attached. */
  readonly cell: Cell;
  readonly findPost: FindPost;
  readonly shelf: PictureShelf;
  readonly charts: Chart[];
  readonly notes: Notes;
}

/** Replaces, in place, the addresses in HTML by those they have in a publication, drawings by pictures. */
export function follow(tree: Root, reading: Reading): void {
  const inLink = new Set<Element>();
  visit(tree, "element", (node, index, parent) => {
    if (isLink(node)) {
      const url = addressOf(String(node.properties.href), reading);
      const isEmpty = toString(node).trim() === "" && !holds(node, /^img$/);
      if (url === null || isEmpty) return unlink(node, index!, parent!);
      node.properties.href = url;
      visit(node, "element", (inner) => void inLink.add(inner));
    }
    if (node.tagName !== "img") return;
    parent!.children[index!] = picture(node, inLink.has(node), reading);
    return SKIP;
  });
  // One drawing may use shapes in another: all are made before any is replaced.
  const made = new Map<Element, ElementContent[]>();
  visit(tree, { tagName: "svg" }, (svg: Element) => {
    made.set(svg, drawing(svg, tree, reading));
    return SKIP;
  });
  visit(tree, { tagName: "svg" }, (svg: Element, index, parent) => {
    parent!.children.splice(index!, 1, ...made.get(svg)!);
    return [SKIP, index! + made.get(svg)!.length];
  });
}

/**
 * The address a link gets in the publication; null where there is nothing to lead to. One within
 * the post, `#x`, stays until all of the post is known.
 */
function addressOf(url: string, { findPost, notes }: Reading): string | null {
  if (url.startsWith("#")) return url;
  if (/^(https?:|mailto:|\/\/)/i.test(url)) return tidy(url);
  const [, path, fragment] = /^([^?#]*)[^#]*(?:#(.*))?$/s.exec(url)!;
  const file = decoded(path).split("/").at(-1)!;
  const post = extname(file) === ".ipynb" ? findPost(file) : undefined;
  if (post !== undefined) {
    if (!post.published) {
      notes.warn(`the link to ${short(url)} leads to ${post.slug}, which is not here yet`);
    }
    return postLink(post.key) + (fragment ? `#${slug(decoded(fragment))}` : "");
  }
  notes.warn(`the link to ${short(url)} leads nowhere in a post and is left out`);
  return null;
}

/** A drawing as a picture; nothing for one that only holds shapes for others. */
function drawing(svg: Element, html: Root, { shelf, notes }: Reading): ElementContent[] {
  const { width, height } = svg.properties;
  const isEmpty = [width, height].some((size) =>
    size !== undefined && parseFloat(String(size)) === 0
  );
  const drawn = isHidden(svg) || isEmpty ? null : drawingInHtml(svg, html);
  if (drawn === null) return [];
  return [
    h("img", { src: `lab-picture:${shelf.addDrawing(drawn).file}`, alt: altOf(svg) }),
    ...drawn.without.map((part) => h("em", notes.note(`a drawing is shown without ${part}`))),
  ];
}

/** A picture on the shelf, a link to one elsewhere, or words where there is none. */
function picture(
  image: Element,
  isInLink: boolean,
  { cell, shelf, notes }: Reading,
): ElementContent {
  const { src, srcSet, dataSrc, alt } = image.properties;
  // Of several, or of one that a script would load, the first.
  const url = String(src || dataSrc || String(srcSet ?? "").trim().split(/\s/)[0]);
  const words = String(alt ?? "");
  if (/^(https?:)?\/\//i.test(url)) {
    notes.warn(
      `the picture at ${short(url)} is linked to, not shown: a post fetches nothing`,
    );
    const text: ElementContent = { type: "text", value: words || "picture" };
    return isInLink ? text : h("a", { href: tidy(url) }, text);
  }
  try {
    const found = /^attachment:/i.test(url)
      ? shelf.fromAttachment(cell, decoded(url.slice("attachment:".length)))
      : /^data:/i.test(url)
      ? shelf.fromDataUrl(url)
      : shelf.fromFile(decoded(url.replace(/[?#].*$/, "")));
    for (const part of found.without) {
      notes.warn(`the drawing ${short(url)} is shown without ${part}`);
    }
    image.properties.src = `lab-picture:${found.file}`;
    return image;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const note = notes.leaveOut(
      `the picture ${short(url) || "without an address"}`,
      error.message,
    );
    return { type: "text", value: `${words} ${note}`.trim() };
  }
}

/** A whole address: braces and bars mean something to the generators that posts are written for. */
function tidy(url: string): string {
  return url.replace(/^\/\//, "https://").replace(
    /[{}|<>"\\^`\s]/g,
    (character) => encodeURIComponent(character),
  );
}

function short(url: string): string {
  return url.length > 60 ? `${url.slice(0, 57)}…` : url;
}

/** Whether an element leads somewhere: an anchor, which has no address, does not. */
export function isLink({ tagName, properties }: Element): boolean {
  return tagName === "a" && properties.href !== undefined;
}

/** Whether a browser would not show it, unless a script or a style sheet did. */
export function isHidden({ properties: { style, hidden } }: Element): boolean {
  return Boolean(hidden) || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(String(style));
}

/** Takes off a link from what it holds; returns where a visit goes on. An id it has stays. */
export function unlink(link: Element, index: number, parent: Parent): number {
  if (link.properties.id === undefined) parent.children.splice(index, 1, ...link.children);
  else delete link.properties.href;
  return index;
}

/** What a drawing says of itself: a label, its title, its description. */
function altOf(svg: Element): string {
  const { ariaLabel, ariaHidden } = svg.properties;
  if (String(ariaHidden) === "true") return "";
  const named = childOf(svg, "title") ?? childOf(svg, "desc");
  const words = String(ariaLabel ?? (named === undefined ? "" : toString(named)));
  return words.replace(/\s+/g, " ").trim() || "A drawing without a description.";
}
