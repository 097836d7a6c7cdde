import type { ElementContent, Root } from "hast";
import type { ProseCell } from "../../notebook/notebook.ts";
import { h } from "hastscript";
import { codeBlock, noteBlock } from "./blocks.ts";
import type { Links } from "./links.ts";
import type { Notes } from "./notes.ts";
import { htmlProse, latexProse, markdownProse } from "./prose.ts";

/** A raw cell as blocks: by the format that Jupyter was told it is in, else as the text it is. */
export function readRaw(
  cell: ProseCell,
  { links, leaveOut }: Notes & { links: Links },
): ElementContent[] {
  const text = cell.source.replace(/\r\n?/g, "\n").trimEnd();
  if (text.trim() === "") return [];
  const given = cell.metadata.raw_mimetype ?? cell.metadata.format;
  const format = typeof given === "string" ? given : "";
  const tree = read(format, text, links);
  if (tree !== undefined) return tree.children as ElementContent[];
  return [noteBlock(leaveOut(`a raw cell in the format ${format}`, "a post has another"))];
}

function read(format: string, text: string, links: Links): Root | undefined {
  switch (format) {
    case "":
    case "text/plain":
      return h(null, codeBlock(text, "text"));
    case "text/html":
      return htmlProse(text, links);
    case "text/markdown":
      return markdownProse(text, links);
    case "text/latex":
      return latexProse(text);
  }
}
