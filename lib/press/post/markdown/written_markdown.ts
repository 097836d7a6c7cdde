import type { Image, Nodes, Paragraph, PhrasingContent, Root, RootContent, TableRow } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { defaultHandlers, type Handle, type Handlers, type Options } from "mdast-util-to-markdown";
import { SKIP, visit } from "unist-util-visit";
import type { Post } from "../read/read_post.ts";
import type { FormulaNode } from "./as_markdown.ts";
import type { Dialect } from "./dialects.ts";

const GFM = gfmToMarkdown({ tablePipeAlign: false });
/** Writes a paragraph, with the box that one in a list of tasks begins with. */
const withTicks = GFM.extensions!.find(({ handlers }) => handlers?.paragraph)!.handlers!.paragraph!;

/** How a tree is written in a dialect: what Markdown leaves open, and what the dialect has otherwise. */
export function options(dialect: Dialect, post: Post): Options {
  // To kramdown other bullets and `2)` begin no other list: a comment does.
  const comments = dialect.fold !== null;
  const spotIn = (stack: readonly string[]) => stack.includes("tableCell") ? "cell" : "span";
  const formulas: Record<string, Handle> = {
    math: ({ value }: FormulaNode) => dialect.formula(value, "block"),
    inlineMath: ({ value }: FormulaNode, _, state, { before }) => {
      const written = dialect.formula(value.replace(/\s*\n\s*/g, " "), spotIn(state.stack));
      // Two formulas side by side are none where one dollar ends them.
      return before === "$" && /^\$[^$]/.test(written) ? ` ${written}` : written;
    },
  };
  const handlers: Partial<Handlers> = {
    text: (node, ...rest) => dialect.prose(defaultHandlers.text(node, ...rest)),
    code: (node, ...rest) => dialect.code(defaultHandlers.code(node, ...rest), node.value, "block"),
    inlineCode: (node, parent, state) =>
      dialect.code(
        defaultHandlers.inlineCode(node, parent, state),
        node.value,
        spotIn(state.stack),
      ),
    paragraph: (...given) => dialect.paragraph(withTicks(...given)),
    image: imageHandler(dialect),
    heading: (node, ...rest) => {
      const id = node.data?.hProperties?.id;
      const wanted = isLedTo(post, id) ? dialect.headingId(id) : "";
      return defaultHandlers.heading(node, ...rest) + wanted;
    },
    html: ({ value }) => dialect.fold === null ? "" : value,
    list: (node, parent, state, info) => {
      if (comments) state.bulletLastUsed = undefined;
      return defaultHandlers.list(node, parent, state, info);
    },
  };
  return {
    extensions: [GFM],
    join: [(list, next) => {
      const isOther = list.type === "list" && next.type === "list" && list.ordered === next.ordered;
      return comments && isOther ? false : null;
    }],
    bullet: "-",
    // Beside a sign such as ≥ or √ few readers take an underscore for emphasis.
    emphasis: "*",
    fences: true,
    rule: "-",
    resourceLink: true,
    setext: false,
    unsafe: [...dialect.unsafe],
    handlers: { ...handlers, ...formulas },
  };
}

/** Whether a heading's id has to be the one it is: generators make them in other ways. */
function isLedTo({ anchors: { linked, sections } }: Post, id: string): boolean {
  return linked.has(id) || [...sections].some(([from, to]) => to === id && linked.has(from));
}

/** Writes pictures: at the size that the notebook gives them, where the dialect has a way to say it. */
function imageHandler(dialect: Dialect): Handle {
  return (node: Image, parent, ...rest) => {
    const given = node.data?.hProperties ?? {};
    const size = ["width", "height"].map((name) => [name, String(given[name] ?? "")])
      .filter(([, value]) => /^[\d.]+%?$/.test(value))
      .map(([name, value]) => ` ${name}="${value}"`).join("");
    const alone = parent?.type === "paragraph" && parent.children.length === 1;
    return (size === "" ? null : dialect.sized(node.url, node.alt ?? "", size, alone)) ??
      defaultHandlers.image(node, parent, ...rest);
  };
}

/**
 * Rewrites, in place, what a reader of Markdown would take for something else, as what shows the
 * same. kramdown knows no emphasis within emphasis of its kind, no item without words and no table of a
 * head alone; nobody can tell where code beside code ends.
 */
export function plainer(tree: Root): void {
  visit(tree, (node: Nodes, index, parent) => {
    const next = parent?.children[index! + 1];
    if (node.type === "inlineCode" && next?.type === "inlineCode") {
      next.value = node.value + next.value;
      parent!.children.splice(index!, 1);
      return index;
    }
    if (node.type === "listItem" && node.children.length === 0) {
      node.children.push({ type: "paragraph", children: [{ type: "text", value: "\u00a0" }] });
    }
    if (node.type === "table" && node.children.length === 1) {
      const children = node.children[0].children.map(() => ({ type: "tableCell", children: [] }));
      node.children.push({ type: "tableRow", children } as TableRow);
    }
    if (node.type !== "emphasis" && node.type !== "strong" && node.type !== "delete") return;
    visit(node, (inner, i, within) => {
      if (inner === node || inner.type !== node.type) return;
      within!.children.splice(i!, 1, ...inner.children);
      return i;
    });
  });
}

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
