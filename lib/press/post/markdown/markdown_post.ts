import type { Element, Root as Html } from "hast";
import { h } from "hastscript";
import type { Nodes, Root } from "mdast";
import { toMarkdown } from "mdast-util-to-markdown";
import { visit } from "unist-util-visit";
import { stringify } from "yaml";
import { chartOf } from "../read/blocks.ts";
import { chartFiles, linkedPost, type Place, postLink, type Surroundings } from "../read/post.ts";
import type { Post } from "../read/read_post.ts";
import { asMarkdown, type FormulaNode } from "./as_markdown.ts";
import type { Dialect } from "./dialects.ts";
import { flowFormulas, options, plainer } from "./written_markdown.ts";

/** A post as a Markdown file in a generator's dialect. */
export function markdownPost(post: Post, around: Surroundings, dialect: Dialect): string {
  // What is not Markdown's to escape: stand-ins hold its place while the text is made.
  const raw: string[] = [];
  const stand = (text: string) => `lab-stand-in-${raw.push(text) - 1}-`;
  const html = [...post.cells.map((cell) => withPictures(cell, post)), neighbours(around)];
  const { linked } = post.anchors;
  const children = html.flatMap((tree, i) =>
    asMarkdown(tree, linked, i + 1, dialect.fold).children
  );
  const tree: Root = { type: "root", children };
  flowFormulas(tree);
  plainer(tree);
  let math = false;
  visit(tree, (node: Nodes | FormulaNode) => {
    if (node.type === "inlineMath" || node.type === "math") math = true;
    if (node.type === "code") {
      node.lang = /^[\w+#.-]{1,30}$/.test(node.lang ?? "") ? node.lang : null;
      node.meta = null;
    }
    if (node.type === "image") {
      const file = node.url.replace(/^lab-picture:/, "");
      node.url = stand(dialect.fileUrl(post.front, file));
      const alt = dialect.alt(node.alt ?? "");
      if (alt !== null) node.alt = stand(alt);
    }
    if (node.type === "link") node.url = stand(address(node.url, post, around.places, dialect));
  });
  const opening = dialect.opening(post);
  const body = toMarkdown(tree, options(dialect, post))
    .replace(/lab-stand-in-(\d+)-/g, (whole, n) => raw[Number(n)] ?? whole);
  return [frontMatter(post, dialect, math), ...(opening === "" ? [] : [opening + "\n"]), body]
    .join("\n");
}

/** A cell with its charts as pictures; a click opens the large one. */
function withPictures(cell: Html, { charts }: Post): Html {
  const copy = structuredClone(cell);
  visit(copy, "element", (node) => {
    const chart = charts.find(({ name }) => name === chartOf(node));
    if (chart === undefined) return;
    const { svg, png } = chartFiles(chart);
    const alt = chart.description.replace(/\s+/g, " ");
    const picture = h("img", { src: `lab-picture:${svg}`, alt });
    node.children = [h("p", h("a", { href: `lab-picture:${png}` }, picture))];
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

/** What a link's address is to the dialect. */
function address(
  url: string,
  post: Post,
  places: ReadonlyMap<string, Place>,
  dialect: Dialect,
): string {
  const [, picture] = /^lab-picture:(.*)$/.exec(url) ?? [];
  if (picture) return dialect.fileUrl(post.front, picture);
  const [place, fragment] = linkedPost(url, places) ?? [];
  if (place !== undefined) return dialect.postUrl(place) + fragment;
  if (!url.startsWith("#")) {
    // To kramdown a backslash in an address is one: what it would guard has another form.
    return url.replaceAll("&", "&amp;").replaceAll("(", "%28").replaceAll(")", "%29");
  }
  // Where only headings can be led to, it is the one above.
  const { sections, linked } = post.anchors;
  const id = url.slice(1);
  if (dialect.fold !== null || !linked.has(id)) return url;
  return sections.has(id) ? `#${sections.get(id)}` : url;
}
