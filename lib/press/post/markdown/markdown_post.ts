import type { Element, Root as Html } from "hast";
import { h } from "hastscript";
import type { Nodes, Root, RootContent } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import {
  defaultHandlers,
  type Handle,
  type Handlers,
  type Options,
  toMarkdown,
} from "mdast-util-to-markdown";
import { visit } from "unist-util-visit";
import { stringify } from "yaml";
import { type Place, type Post, postLink, type Surroundings } from "../read/post.ts";
import { asMarkdown, type FormulaNode } from "./as_markdown.ts";
import type { Dialect } from "./dialects.ts";
import { chartOf } from "../read/blocks.ts";
import { chartFiles } from "./post_files.ts";
import { flowFormulas } from "./flow_formulas.ts";
import { imageHandler } from "./sized_image.ts";
import { StandIns } from "./stand_ins.ts";

/**
 * A post as a Markdown file in a generator's dialect. `page` is the address of its own page of HTML;
 * null where that is not known.
 */
export function markdownPost(
  post: Post,
  around: Surroundings,
  dialect: Dialect,
  page: string | null,
): string {
  const stands = new StandIns();
  const html = [...post.cells.map((cell) => withPictures(cell, post, page)), neighbours(around)];
  const { linked } = post.anchors;
  const children = html.flatMap((tree, i) =>
    asMarkdown(tree, { linked, number: i + 1, fold: dialect.fold }).children
  );
  const tree: Root = { type: "root", children };
  flowFormulas(tree);
  let math = false;
  visit(tree, (node: Nodes | FormulaNode, index, parent) => {
    if (node.type === "inlineMath" || node.type === "math") math = true;
    if (node.type === "code") {
      node.lang = /^[\w+#.-]{1,30}$/.test(node.lang ?? "") ? node.lang : null;
      node.meta = null;
    }
    if (node.type === "image") {
      const file = node.url.replace(/^lab-picture:/, "");
      node.url = stands.stand(dialect.fileUrl(post.front, file));
      const alt = dialect.alt(node.alt ?? "");
      if (alt !== null) node.alt = stands.stand(alt);
    }
    if (node.type !== "link" || !parent || index === undefined) return;
    const url = address(node.url, post, around.places, dialect);
    if (url !== null) node.url = url === node.url ? url : stands.stand(url);
    else {
      (parent.children as RootContent[]).splice(index, 1, ...node.children);
      return index;
    }
  });
  const opening = dialect.opening(post);
  const body = stands.put(toMarkdown(tree, options(dialect, post)));
  return [frontMatter(post, dialect, math), ...(opening === "" ? [] : [opening + "\n"]), body]
    .join("\n");
}

/**
 * A cell with its charts as pictures; a click opens the large one. Where the post's own page is
 * known, there is a way to where a chart can be explored.
 */
function withPictures(cell: Html, { charts }: Post, page: string | null): Html {
  const copy = structuredClone(cell);
  visit(copy, "element", (node) => {
    const chart = charts.find(({ name }) => name === chartOf(node));
    if (chart === undefined) return;
    const { svg, png } = chartFiles(chart);
    const alt = chart.description.replace(/\s+/g, " ");
    const still = h(
      "p",
      h("a", { href: `lab-picture:${png}` }, h("img", { src: `lab-picture:${svg}`, alt })),
    );
    const way = h("p", h("a", { href: `${page}#${chart.name}` }, "Move the sliders of this chart"));
    node.children = chart.live === null || page === null ? [still] : [still, way];
  });
  return copy;
}

/** The way to the posts before and after; nothing for a post that stands alone. */
function neighbours({ places, previous, next }: Surroundings): Html {
  const ways = [["Previous: ", previous], ["Next: ", next]] as const;
  const links = ways.flatMap(([word, key]) =>
    key === null ? [] : [[word, h("a", { href: postLink(key) }, places.get(key)!.title)]]
  );
  const between = (link: (string | Element)[], i: number) => i === 0 ? link : [" · ", ...link];
  return links.length === 0 ? h(null) : h(null, h("hr"), h("p", links.flatMap(between)));
}

/**
 * Front matter between its fences. Fields that say nothing are left out. Every text is in quotes:
 * generators read YAML 1.1, to which `No`, `12:30` and `1_000` are no texts.
 */
function frontMatter(post: Post, dialect: Dialect, math: boolean): string {
  const { title, description, date, tags, author, others } = post.front;
  // By the name of math themes know that a page needs what typesets formulas.
  const own = {
    title,
    description,
    date,
    tags,
    author,
    math: math || null,
    ...dialect.front(post),
  };
  const said = Object.entries(own).filter(([, value]) =>
    value !== "" && value !== null && !(Array.isArray(value) && value.length === 0)
  );
  const fields = { ...dialect.handsOn ? others : {}, ...Object.fromEntries(said) };
  const style = {
    lineWidth: 0,
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
  } as const;
  return `---\n${stringify(fields, style)}---\n`;
}

/** What a link's address is to the dialect; null where it leads nowhere. */
function address(
  url: string,
  post: Post,
  places: ReadonlyMap<string, Place>,
  dialect: Dialect,
): string | null {
  const [, picture] = /^lab-picture:(.*)$/.exec(url) ?? [];
  if (picture) return dialect.fileUrl(post.front, picture);
  const [, key, fragment] = /^lab-post:([^#]*)(.*)$/.exec(url) ?? [];
  if (key !== undefined) {
    const place = places.get(decodeURIComponent(key));
    return place === undefined ? null : dialect.postUrl(place) + fragment;
  }
  // Where only headings can be led to, it is the one above.
  const { sections, linked } = post.anchors;
  const id = url.slice(1);
  if (dialect.anchors || !linked.has(id) || !url.startsWith("#")) return url;
  return sections.has(id) ? `#${sections.get(id)}` : url;
}

const GFM = gfmToMarkdown({ tablePipeAlign: false });
/** Writes a paragraph, with the box that one in a list of tasks begins with. */
const withTicks = GFM.extensions!.find(({ handlers }) => handlers?.paragraph)!.handlers!.paragraph!;

function options(dialect: Dialect, post: Post): Options {
  const spotIn = (stack: readonly string[]) => stack.includes("tableCell") ? "cell" : "span";
  const math: Handle = ({ value }: FormulaNode) => dialect.formula(value, "block");
  const inlineMath: Handle = ({ value }: FormulaNode, _, state) =>
    dialect.formula(value.replace(/\s*\n\s*/g, " "), spotIn(state.stack));
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
    html: ({ value }) => dialect.anchors ? value : "",
    ...{ math, inlineMath },
  };
  return {
    extensions: [GFM],
    bullet: "-",
    emphasis: "_",
    fences: true,
    rule: "-",
    resourceLink: true,
    setext: false,
    unsafe: [...dialect.unsafe],
    handlers,
  };
}

/** Whether a heading's id has to be the one it is: generators make them in other ways. */
function isLedTo({ anchors: { linked, sections } }: Post, id: string): boolean {
  return linked.has(id) || [...sections].some(([from, to]) => to === id && linked.has(from));
}
