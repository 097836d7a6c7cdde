import type { PhrasingContent, Root, RootContent } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { defaultHandlers, type Options, toMarkdown } from "mdast-util-to-markdown";
import { visit } from "unist-util-visit";
import { chartFiles, type Dialect, fenced } from "./dialect.ts";
import type { Block, Place, Post } from "./post.ts";

/** A post as a Markdown file in a generator's dialect. `places` says where other posts are. */
export function markdownPost(
  post: Post,
  places: ReadonlyMap<string, Place>,
  dialect: Dialect,
): string {
  const urls = new Urls();
  const tree: Root = { type: "root", children: post.blocks.flatMap((block) => nodes(block)) };
  visit(tree, (node, index, parent) => {
    if (node.type === "code") {
      node.lang = /^[\w+#.-]{1,30}$/.test(node.lang ?? "") ? node.lang : null;
      node.meta = null;
    }
    if (node.type === "image") {
      const file = node.url.replace(/^lab-picture:/, "");
      node.url = urls.stand(dialect.fileUrl(post.front, file));
    }
    if (node.type !== "link" || !parent || index === undefined) return;
    const [, picture] = /^lab-picture:(.*)$/.exec(node.url) ?? [];
    const [, key, fragment] = /^lab-post:([^#]*)(.*)$/.exec(node.url) ?? [];
    const place = key === undefined ? undefined : places.get(decodeURIComponent(key));
    if (picture) node.url = urls.stand(dialect.fileUrl(post.front, picture));
    else if (place) node.url = urls.stand(dialect.postUrl(place) + fragment);
    else if (key !== undefined) {
      (parent.children as RootContent[]).splice(index, 1, ...node.children);
      return index;
    }
  });
  const opening = dialect.opening(post);
  const body = urls.put(toMarkdown(tree, options(dialect)));
  const parts = [fenced(dialect.front(post)), ...(opening === "" ? [] : [opening + "\n"]), body];
  return parts.join("\n");
}

/** Addresses that are not Markdown's to escape: stand-ins while the text is made. */
class Urls {
  readonly #urls: string[] = [];

  stand(url: string): string {
    return `lab-address-${this.#urls.push(url) - 1}-`;
  }

  put(text: string): string {
    return text.replace(/lab-address-(\d+)-/g, (whole, n) => this.#urls[Number(n)] ?? whole);
  }
}

function nodes(block: Block): RootContent[] {
  switch (block.kind) {
    case "prose":
      return structuredClone(block.markdown.children);
    case "code":
      // Markdown cannot fold: what is folded on a page is left out.
      return block.folded ? [] : [{ type: "code", lang: block.language, value: block.source }];
    case "chart": {
      const { svg, png } = chartFiles(block.chart);
      const { description } = block.chart;
      return [picture(`lab-picture:${svg}`, description, `lab-picture:${png}`)];
    }
    case "picture":
      return [picture(`lab-picture:${block.picture.file}`, block.alt, null)];
    case "output":
      return [{ type: "code", lang: "text", value: block.text }];
    case "remark":
      return [{ type: "paragraph", children: [{ type: "text", value: block.text }] }];
    case "folded":
      return block.blocks.flatMap(nodes);
  }
}

/** A picture in a paragraph of its own; a click opens the one at `full`. */
function picture(url: string, alt: string, full: string | null): RootContent {
  const image: PhrasingContent = { type: "image", url, alt: alt.replace(/\s+/g, " "), title: null };
  return {
    type: "paragraph",
    children: [full === null ? image : { type: "link", url: full, title: null, children: [image] }],
  };
}

function options(dialect: Dialect): Options {
  return {
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
    bullet: "-",
    emphasis: "_",
    fences: true,
    rule: "-",
    resourceLink: true,
    unsafe: [...dialect.unsafe],
    handlers: {
      code: (node, ...rest) => dialect.code(defaultHandlers.code(node, ...rest), node.value, false),
      inlineCode: (node, parent, state) => {
        const written = defaultHandlers.inlineCode(node, parent, state);
        const inTable = state.stack.includes("tableCell");
        return dialect.code(inTable ? written.replaceAll("|", "\\|") : written, node.value, true);
      },
    },
  };
}
