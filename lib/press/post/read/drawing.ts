/** Drawings (SVG) by others. A post shows them as pictures, so that none can reach into its page. */
import type { Element as HtmlElement, Root as Html } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toString } from "hast-util-to-string";
import { toXast } from "hast-util-to-xast";
import { s } from "hastscript";
import { visit } from "unist-util-visit";
import type { Element, Root, Text } from "xast";
import { fromXml } from "xast-util-from-xml";
import { toXml } from "xast-util-to-xml";
import { childOf } from "./blocks.ts";

const SVG = "http://www.w3.org/2000/svg";

/** A drawing as it stands in a file of its own. */
export type Drawing = Readonly<NonNullable<ReturnType<typeof drawing>>>;

/** Reads an SVG file; null for what is not one. One that is not well-formed is read as HTML is. */
export function readDrawing(text: string): Drawing | null {
  try {
    return drawing(fromXml(text.trim()));
  } catch {
    const html = fromHtml(text.slice(Math.max(0, text.search(/<svg[\s>]/i))), { fragment: true });
    const svg = childOf(html, "svg");
    return svg === undefined ? null : drawingInHtml(svg, html);
  }
}

/** A drawing out of a piece of HTML, with the styles and the shapes in `html` that it uses. */
export function drawingInHtml(svg: HtmlElement, html: Html): Drawing | null {
  const copy = structuredClone(svg);
  const own = new Map<string, HtmlElement>(), all = new Map<string, HtmlElement>();
  visit(copy, "element", (node) => void own.set(String(node.properties.id), node));
  let styles = "";
  visit(html, "element", (node) => {
    all.set(String(node.properties.id), node);
    if (node === svg) return "skip";
    if (node.tagName === "style") styles += toString(node);
  });
  const used: HtmlElement[] = [];
  visit(copy, "element", ({ tagName, properties }, _, parent) => {
    const id = String(properties.href ?? properties.xLinkHref ?? "").slice(1);
    if (tagName === "use" && !own.has(id) && all.has(id)) used.push(structuredClone(all.get(id)!));
    if ((parent as HtmlElement)?.tagName === "foreignObject") {
      properties.xmlns = "http://www.w3.org/1999/xhtml";
    }
  });
  if (used.length > 0) copy.children.unshift(s("defs", used));
  if (styles.trim() !== "") copy.children.unshift(s("style", styles));
  return drawing({ type: "root", children: [toXast(copy) as Element] });
}

/**
 * Takes off what runs. `without` is what a browser would do with it on a page of its own and does not
 * where it is a picture.
 */
function drawing(root: Root) {
  const svg = root.children.find((node) => node.type === "element");
  if (svg === undefined || local(svg.name) !== "svg") return null;
  const { attributes } = svg;
  const prefix = /^(.+):svg$/.exec(svg.name)?.[1];
  attributes[prefix === undefined ? "xmlns" : `xmlns:${prefix}`] = SVG;
  attributes["xmlns:xlink"] = "http://www.w3.org/1999/xlink";
  const without = new Set<string>();
  const prefixes = new Set<string>(), declared = new Set(["xml", "xmlns"]);
  const fetches = (text: string) => {
    const [, address] = /(?:url\(|@import)\s*["']?((?:https?:)?\/\/[^"')\s;]*)/i.exec(text) ?? [];
    if (address !== undefined) without.add(`what it takes from ${address.slice(0, 80)}`);
  };
  visit(root, "element", (node, index, parent) => {
    const name = local(node.name);
    prefixes.add(node.name.slice(0, -name.length - 1));
    if (name === "script" || !NAME.test(node.name)) {
      if (name === "script") without.add("its script");
      parent!.children.splice(index!, 1);
      return index!;
    }
    if (name === "style") {
      for (const child of node.children) fetches((child as Text).value ?? "");
    }
    for (const [key, value] of Object.entries(node.attributes)) {
      const [prefix, rest] = key.split(":");
      if (prefix === "xmlns") declared.add(rest);
      else if (rest !== undefined) prefixes.add(prefix);
      const link = local(key) === "href" ? value?.trim() ?? "" : "";
      // deno-lint-ignore no-control-regex
      if (/^on/i.test(key) || /javascript:/i.test((value ?? "").replace(/[\u0000-\u0020]/g, ""))) {
        without.add("its script");
        delete node.attributes[key];
      } else if (!NAME.test(key)) delete node.attributes[key];
      else if (name === "a" && link !== "") without.add("its links");
      else if (link !== "" && !/^(#|data:)/i.test(link)) {
        without.add(`what it takes from ${link.slice(0, 80)}`);
      } else fetches(value ?? "");
    }
  });
  // HTML lets names be that XML, and so a picture, does not.
  for (const prefix of prefixes) {
    if (prefix !== "" && !declared.has(prefix)) attributes[`xmlns:${prefix}`] = `urn:${prefix}`;
  }
  // deno-lint-ignore no-control-regex
  const text = toXml(root).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
  return { text, without: [...without] };
}

/** A name that XML takes. */
const NAME = /^[\p{L}_][\p{L}\p{N}_.-]*(:[\p{L}_][\p{L}\p{N}_.-]*)?$/u;

/** A name without its prefix. */
function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
