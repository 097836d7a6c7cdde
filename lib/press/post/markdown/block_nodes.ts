import type { PhrasingContent, RootContent } from "mdast";
import type { Block } from "../read/post.ts";
import { chartFiles } from "./post_files.ts";

/** A block as Markdown. A chart that is explored on the post's `page` has a link to it. */
export function blockNodes(block: Block, page: string | null): RootContent[] {
  switch (block.kind) {
    case "prose":
      return structuredClone(block.markdown.children);
    case "code":
      // Markdown cannot fold: what is folded on a page is left out.
      return block.folded ? [] : [{ type: "code", lang: block.language, value: block.source }];
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
      return block.blocks.flatMap((inner) => blockNodes(inner, page));
  }
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
