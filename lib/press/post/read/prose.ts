import type { ElementContent, Root as Html, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { raw } from "hast-util-raw";
import type { Nodes, Root as Markdown } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { visit } from "unist-util-visit";
import type { Cell } from "../../notebook/notebook.ts";
import { asMarkdown } from "./as_markdown.ts";
import { followed } from "./follow_markdown.ts";
import type { Links } from "./links.ts";
import type { Prose } from "./post.ts";
import { sanitised } from "./sanitise.ts";

/** Markdown, with GitHub's tables, as a tree. Its HTML is still in it. */
export function parseMarkdown(text: string): Markdown {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** HTML that somebody, or something, wrote, as a tree. */
export function parseHtml(text: string): Html {
  return fromHtml(text, { fragment: true });
}

/** Markdown as prose; `prefix` makes its ids its own, `cell` holds its attachments. */
export function markdownProse(tree: Markdown, cell: Cell, links: Links, prefix: string): Prose {
  let hasHtml = false;
  visit(tree, (node: Nodes) => {
    if (node.type === "html") hasHtml = true;
  });
  const html = raw(toHast(tree, { allowDangerousHtml: true, clobberPrefix: "" })) as Html;
  const safe = htmlProse(html, cell, links, prefix);
  // The author's own Markdown stays as it is, unless there is HTML in it, which may be anything.
  return hasHtml ? safe : { ...safe, markdown: followed(tree, cell, links.quietly()) };
}

/** A tree of HTML as prose: links followed, made safe, and the same as Markdown. */
export function htmlProse(tree: Html, cell: Cell | null, links: Links, prefix: string): Prose {
  const followed = { ...tree, children: follow(tree.children, cell, links) };
  const html = sanitised(followed, prefix);
  return { kind: "prose", html, markdown: asMarkdown(html) };
}

function follow<Node extends RootContent>(
  nodes: readonly Node[],
  cell: Cell | null,
  links: Links,
): (Node | ElementContent)[] {
  return nodes.flatMap((node): (Node | ElementContent)[] => {
    if (node.type !== "element") return [node];
    const { tagName, properties } = node;
    const children = follow(node.children, cell, links) as ElementContent[];
    if (tagName === "a" && properties.href !== undefined) {
      const href = links.link(String(properties.href));
      return href === null
        ? children
        : [{ ...node, properties: { ...properties, href }, children }];
    }
    if (tagName !== "img") return [{ ...node, children }];
    const words: ElementContent = { type: "text", value: String(properties.alt || "picture") };
    const found = links.picture(String(properties.src ?? ""), cell);
    if ("url" in found) return [{ ...node, properties: { ...properties, src: found.url } }];
    if (found.elsewhere === null) return [words];
    const href = found.elsewhere;
    return [{ type: "element", tagName: "a", properties: { href }, children: [words] }];
  });
}
