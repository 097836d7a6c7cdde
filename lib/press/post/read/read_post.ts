import type { Root as Markdown } from "mdast";
import { toString } from "mdast-util-to-string";
import { basename } from "node:path";
import { type Cell, type Notebook, tagsOf } from "../../notebook/notebook.ts";
import { type FrontMatter, frontMatterCell } from "./front_matter.ts";
import { Links } from "./links.ts";
import { notesOn } from "./notes.ts";
import { PictureShelf } from "./pictures.ts";
import type { Block, Post } from "./post.ts";
import { markdownProse, parseMarkdown } from "./prose.ts";
import type { Chart } from "./read_chart.ts";
import { type Reading, readOutput } from "./read_output.ts";
import { outline } from "./outline.ts";
import type { Source } from "./source.ts";

/** Reads a notebook as a post; `posts` maps notebooks' file names to the keys of their posts. */
export async function readPost(
  source: Source,
  front: FrontMatter,
  posts: ReadonlyMap<string, string>,
  warn: (problem: string) => void,
): Promise<Post> {
  const shelf = new PictureShelf(source.folder);
  const charts: Chart[] = [];
  let parts = 0;
  const nextPrefix = () => `p${++parts}-`;
  const chosen: Chart[] = [];
  const prose = new Map<Cell, Markdown>(
    source.notebook.cells.filter((cell) => cell.cell_type === "markdown")
      .map((cell) => [cell, parseMarkdown(cell.source)]),
  );
  outline([...prose.values()], front.title);
  const blocks: Block[] = [];
  for (const [i, cell] of source.notebook.cells.entries()) {
    if (cell === frontMatterCell(source.notebook) || tagsOf(cell).includes("remove-cell")) continue;
    const notes = notesOn(i + 1, warn);
    const links = new Links(shelf, posts, notes.warn);
    const reading: Reading = { ...notes, links, charts, nextPrefix };
    const before = charts.length;
    const made = await readCell(cell, prose.get(cell), reading, languageOf(source.notebook));
    if (tagsOf(cell).includes("cover")) chosen.push(...charts.slice(before));
    const hidden = tagsOf(cell).includes("hide-cell");
    if (hidden && made.length > 0) blocks.push({ kind: "folded", summary: "Show", blocks: made });
    else blocks.push(...made);
  }
  const words = [...prose.values()].map((tree) => toString(tree)).join(" ").split(/\s+/).length;
  return {
    key: source.key,
    source: basename(source.file),
    front,
    blocks,
    charts,
    pictures: shelf.pictures,
    cover: chosen[0] ?? bestChart(charts),
    minutes: Math.max(1, Math.round(words / 220)),
  };
}

async function readCell(
  cell: Cell,
  tree: Markdown | undefined,
  reading: Reading,
  language: string,
): Promise<Block[]> {
  if (tree !== undefined) {
    return tree.children.length === 0
      ? []
      : [markdownProse(tree, cell, reading.links, reading.nextPrefix())];
  }
  if (cell.cell_type !== "code") return [];
  const has = (tag: string) => tagsOf(cell).includes(tag);
  const blocks: Block[] = [];
  if (!has("remove-input") && cell.source.trim() !== "") {
    const hidden = (cell.metadata.jupyter as { source_hidden?: unknown } | undefined)
      ?.source_hidden;
    const folded = has("hide-input") || hidden === true;
    blocks.push({ kind: "code", source: cell.source.trimEnd(), language, folded });
  }
  if (has("remove-output")) return blocks;
  const outputs: Block[] = [];
  for (const output of cell.outputs) outputs.push(...await readOutput(output, cell, reading));
  if (!has("hide-output") || outputs.length === 0) return [...blocks, ...outputs];
  return [...blocks, { kind: "folded", summary: "Show the output", blocks: outputs }];
}

/** The chart whose shape is nearest that of the cards by which posts are shared (1.91 : 1). */
function bestChart(charts: readonly Chart[]): Chart | null {
  const off = ({ size }: Chart) => Math.abs(Math.log(size.width / size.height / 1.91));
  return charts.toSorted((a, b) => off(a) - off(b))[0] ?? null;
}

function languageOf(notebook: Notebook): string {
  const info = notebook.metadata.language_info as { name?: unknown } | undefined;
  const spec = notebook.metadata.kernelspec as { language?: unknown } | undefined;
  return String(info?.name ?? spec?.language ?? "typescript").toLowerCase();
}
