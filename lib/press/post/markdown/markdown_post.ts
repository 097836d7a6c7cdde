import type { PhrasingContent, Root, RootContent } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { defaultHandlers, type Options, toMarkdown } from "mdast-util-to-markdown";
import { visit } from "unist-util-visit";
import { chartFiles, type Dialect, fenced } from "./dialect.ts";
import type { Block, Place, Post } from "../read/post.ts";

/** A post as a Markdown file in a generator's dialect. `places` says where other posts are. */
export function markdownPost(
  post: Post,
  places: ReadonlyMap<string, Place>,
  dialect: Dialect,
): string {
  const stands = new StandIns();
  const tree: Root = { type: "root", children: post.blocks.flatMap((block) => nodes(block)) };
  visit(tree, (node, index, parent) => {
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
    const [, picture] = /^lab-picture:(.*)$/.exec(node.url) ?? [];
    const [, key, fragment] = /^lab-post:([^#]*)(.*)$/.exec(node.url) ?? [];
    const place = key === undefined ? undefined : places.get(decodeURIComponent(key));
    if (picture) node.url = stands.stand(dialect.fileUrl(post.front, picture));
    else if (place) node.url = stands.stand(dialect.postUrl(place) + fragment);
    else if (key !== undefined) {
      (parent.children as RootContent[]).splice(index, 1, ...node.children);
      return index;
    }
  });
  const opening = dialect.opening(post);
  const body = stands.put(toMarkdown(tree, options(dialect)));
  const parts = [fenced(dialect.front(post)), ...(opening === "" ? [] : [opening + "\n"]), body];
  return parts.join("\n");
}

/** What is not Markdown's to escape: stand-ins hold its place while the text is made. */
class StandIns {
  readonly #texts: string[] = [];

  stand(text: string): string {
    return `lab-stand-in-${this.#texts.push(text) - 1}-`;
  }

  put(written: string): string {
    return written.replace(/lab-stand-in-(\d+)-/g, (whole, n) => this.#texts[Number(n)] ?? whole);
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
    case "note":
      return [paragraph({ type: "emphasis", children: [{ type: "text", value: block.text }] })];
    case "remark":
      return [paragraph({ type: "text", value: block.text })];
    case "folded":
      return block.blocks.flatMap(nodes);
  }
}

function paragraph(child: PhrasingContent): RootContent {
  return { type: "paragraph", children: [child] };
}

/** A picture in a paragraph of its own; a click opens the one at `full`. */
function picture(url: string, alt: string, full: string | null): RootContent {
  const image: PhrasingContent = { type: "image", url, alt: alt.replace(/\s+/g, " "), title: null };
  return paragraph(
    full === null ? image : { type: "link", url: full, title: null, children: [image] },
  );
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
      text: (node, ...rest) => dialect.prose(defaultHandlers.text(node, ...rest)),
      code: (node, ...rest) =>
        dialect.code(defaultHandlers.code(node, ...rest), node.value, "block"),
      inlineCode: (node, parent, state) => {
        const place = state.stack.includes("tableCell") ? "cell" : "span";
        return dialect.code(defaultHandlers.inlineCode(node, parent, state), node.value, place);
      },
    },
  };
}
