import type { Element, ElementContent, Root, RootContent } from "hast";
import { phrasing } from "hast-util-phrasing";
import { h } from "hastscript";
import { visit } from "unist-util-visit";

/** Makes, in place, each part of a tree a block: words between blocks get a paragraph of their own. */
export function inBlocks(tree: Root): Root {
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
    const isWords = node.type === "element" && phrasing(node) && !holdsBlocks(node);
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
    if (node.tagName === "a" || !phrasing(node) || !holdsBlocks(node)) return;
    parent!.children.splice(index!, 1, ...node.children);
    return index;
  });
}

function holdsBlocks(node: Element): boolean {
  let holds = false;
  visit(node, "element", (inner) => void (holds ||= BLOCKS.test(inner.tagName)));
  return holds;
}

const BLOCKS = /^(p|h[1-6]|ul|ol|dl|pre|table|blockquote|div|section|details|figure|hr)$/;
