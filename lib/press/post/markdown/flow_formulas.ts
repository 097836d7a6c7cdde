import type { Paragraph, PhrasingContent, Root, RootContent } from "mdast";
import { SKIP, visit } from "unist-util-visit";
import type { FormulaNode } from "./as_markdown.ts";

/** Gives, in place, each formula that stands on a line of its own a place between paragraphs. */
export function flowFormulas(tree: Root): void {
  visit(tree, "paragraph", (paragraph, index, parent) => {
    if (!paragraph.children.some(isDisplay)) return SKIP;
    const parts: RootContent[] = [];
    let line: PhrasingContent[] = [];
    const end = () => {
      if (line.some((node) => node.type !== "text" || node.value.trim() !== "")) {
        parts.push(trimmed({ type: "paragraph", children: line }));
      }
      line = [];
    };
    for (const child of paragraph.children) {
      if (!isDisplay(child)) line.push(child);
      else {
        end();
        parts.push({ ...child, type: "math" } as never);
      }
    }
    end();
    parent!.children.splice(index!, 1, ...parts as never[]);
    return index! + parts.length;
  });
}

function isDisplay(node: unknown): boolean {
  const { type, display } = node as FormulaNode;
  return type === "inlineMath" && display;
}

/** Without the spaces and line ends that stood beside a formula. */
function trimmed(paragraph: Paragraph): Paragraph {
  const first = paragraph.children[0], last = paragraph.children.at(-1);
  if (first.type === "text") first.value = first.value.trimStart();
  if (last?.type === "text") last.value = last.value.trimEnd();
  return paragraph;
}
