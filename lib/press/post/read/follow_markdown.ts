import type { Nodes, Root } from "mdast";
import { visit } from "unist-util-visit";
import type { Cell } from "../../notebook/notebook.ts";
import type { Links } from "./links.ts";

/** Replaces, in place, the addresses in Markdown by those they have in a publication. */
export function followed(tree: Root, cell: Cell, links: Links): Root {
  // References are spelled out: where a definition leads nowhere, what refers to it has to know.
  const targets = new Map<string, string>();
  visit(tree, "definition", (node) => void targets.set(node.identifier, node.url));
  visit(tree, (node, index, parent) => {
    if (!parent || index === undefined) return;
    const siblings = parent.children as Nodes[];
    if (node.type === "definition") {
      siblings.splice(index, 1);
      return index;
    }
    if (node.type === "link" || node.type === "linkReference") {
      const { children } = node;
      const url = links.link(
        node.type === "link" ? node.url : targets.get(node.identifier) ?? "#",
      );
      if (url === null) siblings.splice(index, 1, ...children);
      else siblings[index] = { type: "link", url, title: null, children };
      return url === null ? index : undefined;
    }
    if (node.type === "image" || node.type === "imageReference") {
      const url = node.type === "image" ? node.url : targets.get(node.identifier) ?? "";
      siblings[index] = picture(links.picture(url, cell), node.alt ?? "");
    }
  });
  return tree;
}

function picture(found: ReturnType<Links["picture"]>, alt: string): Nodes {
  if ("url" in found) return { type: "image", url: found.url, alt, title: null };
  const words: Nodes = { type: "text", value: alt || "picture" };
  if (found.elsewhere === null) return words;
  return { type: "link", url: found.elsewhere, title: null, children: [words] };
}
