import type { PhrasingContent, RootContent } from "mdast";
import type { Block, Post } from "../read/post.ts";
import { asMarkdown } from "./as_markdown.ts";
import { chartFiles } from "./post_files.ts";

/** The blocks of one post as Markdown. */
export class MarkdownBlocks {
  #texts = 0;

  /**
   * `page` is the address where a chart can be explored, null where that is not known; `fold` the
   * tag that opens what is folded, null for a reader of Markdown that lets no HTML through.
   */
  constructor(readonly post: Post, readonly page: string | null, readonly fold: string | null) {}

  nodes(blocks: readonly Block[]): RootContent[] {
    return blocks.flatMap((block) => this.#nodes(block));
  }

  #nodes(block: Block): RootContent[] {
    switch (block.kind) {
      case "prose":
        return asMarkdown(block.html, this.post.anchors.linked, ++this.#texts).children;
      case "code":
        return this.#code(block);
      case "chart": {
        const { svg, png } = chartFiles(block.chart);
        const { description, name, live } = block.chart;
        const still = picture(`lab-picture:${svg}`, description, `lab-picture:${png}`);
        if (live === null || this.page === null) return [still];
        const children: PhrasingContent[] = [text("Move the sliders of this chart")];
        return [still, paragraph({ type: "link", url: `${this.page}#${name}`, children })];
      }
      case "picture":
        return [picture(`lab-picture:${block.picture.file}`, block.alt, null, block.size)];
      case "output":
        return [{ type: "code", lang: "text", value: block.text }];
      case "note":
        return [aside(block.text)];
      case "remark":
        return [paragraph(text(block.text))];
      case "folded":
        return this.#folded(block.summary, this.nodes(block.blocks));
    }
  }

  /** Code that is folded and cannot be is named in its place: nothing is left out without a word. */
  #code({ source, language, folded }: Block & { kind: "code" }): RootContent[] {
    const shown: RootContent = { type: "code", lang: language, value: source };
    if (!folded) return [shown];
    if (this.fold !== null) return this.#folded("Show the code", [shown]);
    const lines = source.split("\n").length;
    const counted = `${lines} ${lines === 1 ? "line" : "lines"} of code`;
    return [aside(`Folded in the notebook, left out here: ${counted}.`)];
  }

  #folded(summary: string, nodes: RootContent[]): RootContent[] {
    if (this.fold === null) return nodes;
    const open = `${this.fold}\n<summary>${summary}</summary>`;
    return [{ type: "html", value: open }, ...nodes, { type: "html", value: "</details>" }];
  }
}

function text(value: string): PhrasingContent {
  return { type: "text", value };
}

function aside(words: string): RootContent {
  return paragraph({ type: "emphasis", children: [text(words)] });
}

function paragraph(child: PhrasingContent): RootContent {
  return { type: "paragraph", children: [child] };
}

/** A picture in a paragraph of its own; a click opens the one at `full`. */
function picture(url: string, alt: string, full: string | null, size: object = {}): RootContent {
  const data = { hProperties: { ...size } };
  const image: PhrasingContent = {
    type: "image",
    url,
    alt: alt.replace(/\s+/g, " "),
    title: null,
    data,
  };
  return paragraph(
    full === null ? image : { type: "link", url: full, title: null, children: [image] },
  );
}
