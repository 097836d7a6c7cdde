import type { ElementContent, Root } from "hast";
import { h } from "hastscript";
import { visit } from "unist-util-visit";
import type { Spec } from "../../../render/mod.ts";
import {
  type CodeCell,
  type DisplayOutput,
  isProgress,
  type Json,
  type MimeBundle,
  type Output,
  type ProseCell,
} from "../../notebook/notebook.ts";
import { chartBlock, codeBlock, noteBlock } from "./blocks.ts";
import type { Reading } from "./links.ts";
import { type Missed, NOTE, notesOnForms, SCRIPT, type Unshown } from "./notes.ts";
import { PICTURE_TYPES, pictureBytes } from "./pictures.ts";
import { PROSE } from "./prose.ts";
import { readChart } from "./read_chart.ts";
import { textBlock } from "./text_output.ts";

/** The largest HTML or Markdown output that a post takes, characters. */
const PROSE_LIMIT = 1_000_000;

/** A display or a result: the same thing in several forms. */
type Display = Pick<DisplayOutput, "data" | "metadata">;

/** What became of a form: blocks, or why there are none; undefined where the output has it not. */
type Made = ElementContent[] | Missed | undefined;

/** One form as blocks. */
type Form = (display: Display, reading: Reading) => Promise<Made> | Made;

/** From the richest to the poorest, by what stands for those before it. */
const FORMS: Record<string, Form> = {
  "the chart": chartForm,
  "its HTML": proseForm("text/html", "an HTML output"),
  "its Markdown": proseForm("text/markdown", "a Markdown output"),
  "its formula": proseForm("text/latex", "LaTeX"),
  "its picture": pictureForm,
  "its text": plainForm,
};

/** The outputs of a cell as blocks. A stream is one, into however many pieces it was cut. */
export async function readOutputs(cell: CodeCell, reading: Reading): Promise<ElementContent[]> {
  const whole: Output[] = [];
  for (const output of cell.outputs) {
    const last = whole.at(-1);
    if (
      output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name
    ) whole.splice(-1, 1, { ...last, text: last.text + output.text });
    else whole.push(output);
  }
  const blocks: ElementContent[] = [];
  for (const output of whole) blocks.push(...await readOutput(output, reading));
  return blocks;
}

/** A raw cell as blocks: by the format that Jupyter was told it is in, else as the text it is. */
export async function readRaw(cell: ProseCell, reading: Reading): Promise<ElementContent[]> {
  const text = cell.source.replace(/\r\n?/g, "\n").trimEnd();
  if (text.trim() === "") return [];
  const given = cell.metadata.raw_mimetype ?? cell.metadata.format;
  const format = typeof given === "string" ? given : "";
  if (format === "" || format === "text/plain") return [codeBlock(text, "text")];
  const what = `a raw cell in the format ${format}`;
  const made = Object.hasOwn(PROSE, format) &&
    await proseForm(format, what)({ data: { [format]: text }, metadata: {} }, reading);
  if (Array.isArray(made)) return made;
  return [noteBlock(reading.notes.leaveOut(what, "a post has another"))];
}

/**
 * An output as blocks: in the richest form that a page can show safely. Where a richer one cannot be
 * shown, a note says so, and what is shown instead.
 */
async function readOutput(output: Output, reading: Reading): Promise<ElementContent[]> {
  if (output.output_type === "stream") return textBlock(output.text, output.name);
  if (output.output_type === "error") {
    const trace = output.traceback.join("\n") || `${output.ename}: ${output.evalue}`;
    return textBlock(trace, "error");
  }
  if (isProgress(output)) return [];
  const missed: Missed[] = [], { notes } = reading;
  for (const [name, read] of Object.entries(FORMS)) {
    const made = await read(output, reading);
    if (Array.isArray(made)) return [...notesOnForms(missed, output.data, name, notes), ...made];
    if (made !== undefined) missed.push(made);
  }
  return notesOnForms(missed, output.data, null, notes);
}

async function chartForm({ data }: Display, reading: Reading) {
  const type = Object.keys(data).find((mime) => /^application\/vnd\.vegalite\.v\d/.test(mime));
  if (type === undefined) return undefined;
  try {
    const spec = data[type];
    if (typeof spec !== "object" || spec === null) {
      throw new TypeError("it is not a Vega-Lite spec");
    }
    const name = `chart-${reading.charts.length + 1}`;
    const chart = await readChart(spec as Spec, saidOf(data), name);
    reading.charts.push(chart);
    return [chartBlock(name)];
  } catch (error) {
    return { what: "a chart", why: (error as Error).message.replaceAll("\n", " ") };
  }
}

/** The form that is text of a kind that {@link PROSE} reads; messages call it `what`. */
function proseForm(mime: string, what: string): Form {
  return ({ data }, reading) => {
    const text = data[mime];
    if (typeof text !== "string") return undefined;
    if (text.length > PROSE_LIMIT) {
      const size = (text.length / 1e6).toFixed(1);
      return { what, why: `it has ${size} MB, and text in a post at most ${PROSE_LIMIT / 1e6}` };
    }
    const tree = PROSE[mime](text, reading);
    if (tree === undefined) return { what, why: "it holds no formula" };
    const blocks = tree.children as ElementContent[];
    const seen = textOf(tree);
    if (seen.replaceAll(NOTE, "").trim() !== "") return blocks;
    if (seen.trim() !== "") return { notes: blocks };
    return /<[\w-]*script/i.test(text) ? SCRIPT : undefined;
  };
}

function pictureForm({ data, metadata }: Display, { shelf, notes }: Reading) {
  let missed: Unshown | undefined;
  for (const mime of PICTURE_TYPES.filter((type) => data[type] !== undefined)) {
    try {
      const picture = shelf.add(pictureBytes(data[mime]) ?? new Uint8Array());
      const without = picture.without.map((part) =>
        noteBlock(notes.note(`a drawing is shown without ${part}`))
      );
      const alt = saidOf(data).slice(0, 1000).replace(/\s+/g, " ") ||
        "A picture without a description.";
      const src = `lab-picture:${picture.file}`;
      const shown = h("figure", h("img", { src, alt, ...sizeOf(metadata[mime]) }));
      if (missed === undefined) return [...without, shown];
      const why = `${missed.why}; a picture (${mime}) stands here instead`;
      return [noteBlock(notes.leaveOut(missed.what, why)), ...without, shown];
    } catch (error) {
      missed ??= { what: `a picture (${mime})`, why: (error as Error).message };
    }
  }
  return missed;
}

function plainForm({ data }: Display) {
  const text = data["text/plain"] ?? data["application/json"];
  if (text === undefined) return undefined;
  return textBlock(typeof text === "string" ? text : JSON.stringify(text, null, 2), "result");
}

/** The words that came with it, "" for what only names an object: `<Figure size 640x480>`. */
function saidOf(data: MimeBundle): string {
  const said = data["text/plain"];
  const words = typeof said === "string" ? said.trim() : "";
  return /^<[^]*>$|^<(VegaLite|Vega) |^alt\.\w*Chart\(/.test(words) ? "" : words;
}

/** CSS px, as the metadata of one form give them. */
function sizeOf(metadata: Json | undefined) {
  const { width, height } = (metadata ?? {}) as Record<string, Json>;
  const px = (value: Json) => Number(value) > 0 && Number(value) < 1e5 ? Number(value) : undefined;
  return { width: px(width), height: px(height) };
}

/** The text in it, with a sign for what is to be seen without being text. */
function textOf(tree: Root): string {
  let text = "";
  visit(tree, (node) => {
    if (node.type === "text") text += node.value;
    else if (node.type === "element" && ["img", "hr"].includes(node.tagName)) text += "▪";
  });
  return text.replace(/\p{Cf}/gu, "");
}
