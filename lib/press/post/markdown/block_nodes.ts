import type { PhrasingContent, RootContent } from "mdast";
import type { Block } from "../read/post.ts";
import { chartFiles } from "./post_files.ts";

/** The tag that opens what is folded; null where none is let through. */
export type Fold = string | null;
type Code = Block & { readonly kind: "code" };

/**
 * A block as Markdown. A chart that is explored on the post's `page` has a link to it; `fold` begins
 * what folds away, null for a reader of Markdown that has no way to.
 */
export function blockNodes(block: Block, page: string | null, fold: Fold): RootContent[] {
  switch (block.kind) {
    case "prose":
      return structuredClone(block.markdown.children);
    case "code":
      return code(block, fold);
    case "chart": {
      const { svg, png } = chartFiles(block.chart);
      const { description, name, live } = block.chart;
      const still = picture(`lab-picture:${svg}`, description, `lab-picture:${png}`);
      if (live === null || page === null) return [still];
      const text: PhrasingContent = { type: "text", value: "Move the sliders of this chart" };
      const link: PhrasingContent = { type: "link", url: `${page}#${name}`, children: [text] };
      return [still, paragraph(link)];
    }
    case "picture":
      return [picture(`lab-picture:${block.picture.file}`, block.alt, null, block.size)];
    case "output":
      return [{ type: "code", lang: "text", value: block.text }];
    case "note":
      return [paragraph({ type: "emphasis", children: [{ type: "text", value: block.text }] })];
    case "remark":
      return [paragraph({ type: "text", value: block.text })];
    case "folded":
      return folded(
        block.summary,
        block.blocks.flatMap((one) => blockNodes(one, page, fold)),
        fold,
      );
  }
}

/** Code that is folded and cannot be is named in its place: nothing is left out without a word. */
function code({ source, language, folded: isFolded }: Code, fold: Fold): RootContent[] {
  const shown: RootContent = { type: "code", lang: language, value: source };
  if (!isFolded) return [shown];
  if (fold !== null) return folded("Show the code", [shown], fold);
  const lines = source.split("\n").length;
  const text = `Folded in the notebook, left out here: ${lines} ${
    lines === 1 ? "line" : "lines"
  } of code.`;
  return [paragraph({ type: "emphasis", children: [{ type: "text", value: text }] })];
}

function folded(summary: string, nodes: RootContent[], fold: Fold): RootContent[] {
  if (fold === null) return nodes;
  const open = `${fold}\n<summary>${summary}</summary>`;
  return [{ type: "html", value: open }, ...nodes, { type: "html", value: "</details>" }];
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
