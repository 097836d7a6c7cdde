import type { ElementContent, Root } from "hast";
import { h } from "hastscript";
import { basename } from "node:path";
import { type Cell, languageOf, tagsOf } from "../../notebook/notebook.ts";
import { Anchors } from "./anchors.ts";
import { codeBlock, foldBlock } from "./blocks.ts";
import { type FrontMatter, readableFront } from "./front_matter.ts";
import type { FindPost, Reading } from "./links.ts";
import { Notes } from "./notes.ts";
import { outline } from "./outline.ts";
import { type ParsedMarkdown, parseMarkdown } from "./parse_markdown.ts";
import { PictureShelf } from "./pictures.ts";
import { CONTENTS } from "./post.ts";
import { markdownProse } from "./prose.ts";
import type { Chart } from "./read_chart.ts";
import { readOutputs, readRaw } from "./read_output.ts";
import { readingMinutes } from "./reading_time.ts";
import type { Source } from "./source.ts";
import { type Macros, typeset } from "./formula_html.ts";

/**
 * A notebook read as a post. Each cell is a tree, safe to show: no script, no style, nothing that a
 * page would fetch. Addresses within the publication are `lab-picture:FILE` and `lab-post:KEY`; TeX
 * stands in the elements that `formulaOf` knows, and charts have a place in which they are drawn.
 */
export type Post = Readonly<Awaited<ReturnType<typeof readPost>>>;

/** Reads a notebook as a post; `findPost` says which post a notebook beside it becomes. */
export async function readPost(
  source: Source,
  front: FrontMatter,
  findPost: FindPost,
  warn: (problem: string) => void,
) {
  const shelf = new PictureShelf(source.folder);
  const charts: Chart[] = [];
  const chosen: Chart[] = [];
  const prose = new Map<Cell, ParsedMarkdown>(
    source.notebook.cells.filter((cell) => cell.cell_type === "markdown")
      .map((cell) => [cell, parseMarkdown(cell.source)]),
  );
  outline([...prose.values()], front.title);
  const head = readableFront(source.notebook);
  const language = languageOf(source.notebook).toLowerCase();
  const read: { tree: Root; notes: Notes }[] = [];
  for (const [i, cell] of source.notebook.cells.entries()) {
    if (cell === head || tagsOf(cell).some(isLeftOut)) continue;
    const notes = new Notes(i + 1, warn);
    const reading: Reading = { cell, findPost, shelf, charts, notes };
    const before = charts.length;
    const made = await readCell(cell, prose.get(cell), reading, language);
    if (tagsOf(cell).includes("cover")) {
      chosen.push(...charts.slice(before));
      if (charts.length === before) notes.warn("its tag is cover, and it has no chart to be one");
    }
    const hidden = tagsOf(cell).includes("hide-cell") && made.length > 0;
    read.push({ tree: h(null, hidden ? foldBlock("Show", made) : made), notes });
  }
  // What could only be once all of the post was read: ids, links, formulas.
  const anchors = new Anchors([CONTENTS, ...charts.map(({ name }) => name)]);
  for (const { tree } of read) anchors.add(tree);
  for (const { tree, notes } of read) anchors.resolve(tree, notes);
  const macros: Macros = {};
  for (const { tree, notes } of read) await typeset(tree, notes, macros);
  const cells = read.map(({ tree }) => tree);
  return {
    /** The notebook's file name. */
    source: basename(source.file),
    front,
    cells,
    charts,
    pictures: shelf.pictures,
    /** The chart that stands for the post where it is shared; null where it has none. */
    cover: chosen[0] ?? bestChart(charts),
    minutes: readingMinutes(cells),
    anchors,
  };
}

async function readCell(
  cell: Cell,
  parsed: ParsedMarkdown | undefined,
  reading: Reading,
  language: string,
): Promise<ElementContent[]> {
  if (parsed !== undefined) {
    return markdownProse(parsed, reading).children as ElementContent[];
  }
  if (cell.cell_type !== "code") return readRaw(cell, reading);
  const has = (tag: string) => tagsOf(cell).includes(tag);
  const jupyter = (cell.metadata.jupyter ?? {}) as Record<string, unknown>;
  const blocks: ElementContent[] = [];
  if (!has("remove-input") && cell.source.trim() !== "") {
    const code = codeBlock(cell.source.replace(/\r\n?/g, "\n").trimEnd(), language);
    const folded = has("hide-input") || jupyter.source_hidden === true;
    blocks.push(folded ? foldBlock("Show the code", [code]) : code);
  }
  if (has("remove-output")) return blocks;
  const outputs = await readOutputs(cell, reading);
  const folded = has("hide-output") || jupyter.outputs_hidden === true ||
    cell.metadata.collapsed === true;
  if (!folded || outputs.length === 0) return [...blocks, ...outputs];
  return [...blocks, foldBlock("Show the output", outputs)];
}

/** The chart whose shape is nearest that of the cards by which posts are shared (1.91 : 1). */
function bestChart(charts: readonly Chart[]): Chart | null {
  const off = ({ size }: Chart) => Math.abs(Math.log(size.width / size.height / 1.91));
  return charts.toSorted((a, b) => off(a) - off(b))[0] ?? null;
}

/** Whether a post leaves out cells with this tag: `notes` are a teacher's. */
const isLeftOut = (tag: string) => tag === "remove-cell" || tag === "notes";
