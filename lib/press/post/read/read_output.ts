import { stripVTControlCharacters } from "node:util";
import { isSpec, type Spec } from "../../../render/mod.ts";
import type { CodeCell, Json, JsonObject, MimeBundle, Output } from "../../notebook/notebook.ts";
import type { Links } from "./links.ts";
import type { Notes } from "./notes.ts";
import { PICTURE_TYPES } from "./pictures.ts";
import type { Block, Picture } from "./post.ts";
import { htmlProse, latexProse, markdownProse } from "./prose.ts";
import { type Chart, readChart } from "./read_chart.ts";
import { shorten } from "./shorten.ts";

/** The largest HTML or Markdown output that a post takes, characters. */
const PROSE_LIMIT = 1_000_000;

/** Where the outputs of one post go while it is read. */
export interface Reading extends Notes {
  readonly links: Links;
  readonly charts: Chart[];
}

/** An output as blocks: in the richest form that a page can show safely. */
export async function readOutput(
  output: Output,
  cell: CodeCell,
  reading: Reading,
): Promise<Block[]> {
  if (output.output_type === "stream") {
    return textBlock(output.text, output.name);
  }
  if (output.output_type === "error") {
    const trace = output.traceback.join("\n") || `${output.ename}: ${output.evalue}`;
    return textBlock(trace, "error");
  }
  const { data, metadata } = output;
  return await chartBlock(data, reading) ??
    htmlBlock(data, reading) ??
    markdownBlock(data, cell, reading) ??
    latexBlock(data) ??
    pictureBlock(data, metadata, reading) ??
    plainBlock(data, reading);
}

async function chartBlock(data: MimeBundle, reading: Reading): Promise<Block[] | undefined> {
  const type = Object.keys(data).find((mime) => /^application\/vnd\.vegalite\.v\d/.test(mime));
  if (type === undefined || !isSpec(data[type])) return undefined;
  const said = typeof data["text/plain"] === "string" ? data["text/plain"] : "";
  try {
    const name = `chart-${reading.charts.length + 1}`;
    const chart = await readChart(data[type] as Spec, /^<VegaLite/.test(said) ? "" : said, name);
    reading.charts.push(chart);
    return [{ kind: "chart", chart }];
  } catch (error) {
    reading.warn(`a chart is shown as the picture in the notebook: ${(error as Error).message}`);
    return undefined;
  }
}

function htmlBlock(data: MimeBundle, reading: Reading): Block[] | undefined {
  const html = data["text/html"];
  if (typeof html !== "string") return undefined;
  if (html.length > PROSE_LIMIT) {
    reading.warn(`an HTML output of ${(html.length / 1e6).toFixed(1)} MB is left out`);
    return undefined;
  }
  const prose = htmlProse(html, reading.links);
  return holdsSomething(prose.html) ? [prose] : undefined;
}

function markdownBlock(data: MimeBundle, cell: CodeCell, reading: Reading): Block[] | undefined {
  const text = data["text/markdown"];
  if (typeof text !== "string" || text.length > PROSE_LIMIT) return undefined;
  return [markdownProse(text, cell, reading.links)];
}

function latexBlock(data: MimeBundle): Block[] | undefined {
  const text = data["text/latex"];
  if (typeof text !== "string" || text.length > PROSE_LIMIT) return undefined;
  const prose = latexProse(text);
  return prose && [prose];
}

function pictureBlock(
  data: MimeBundle,
  metadata: JsonObject,
  reading: Reading,
): Block[] | undefined {
  const picture = reading.links.shelf.fromBundle(data, sizeFrom(metadata));
  if (picture === null) return undefined;
  const said = typeof data["text/plain"] === "string" ? data["text/plain"].trim() : "";
  const alt = said === "" || /^<.*>$/s.test(said) ? "A picture without a description." : said;
  return [{ kind: "picture", picture, alt: alt.slice(0, 1000) }];
}

function plainBlock(data: MimeBundle, reading: Reading): Block[] {
  const text = data["text/plain"] ?? data["application/json"];
  if (typeof text === "string") return resultBlock(text);
  if (text !== undefined) return textBlock(JSON.stringify(text, null, 2), "result");
  const types = Object.keys(data).map((type) => type.slice(0, 60));
  if (types.length === 0) return [];
  const broken = types.some((type) => PICTURE_TYPES.includes(type));
  const why = broken ? "it is broken" : "its type is unknown";
  return [reading.leaveOut(`an output of the type ${types.join(", ")}`, why)];
}

/** A result that is a text is shown as the text, not as its literal. */
function resultBlock(text: string): Block[] {
  if (/^"(?:[^"\\\n]|\\.)*"$/.test(text)) {
    try {
      const said: unknown = JSON.parse(text);
      if (typeof said === "string" && said.length < 400 && !said.includes("\n")) {
        return [{ kind: "remark", text: said }];
      }
    } catch { /* an escape that JSON does not know: shown as it is */ }
  }
  return textBlock(text, "result");
}

function textBlock(text: string, from: (Block & { kind: "output" })["from"]): Block[] {
  // deno-lint-ignore no-control-regex
  const plain = stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
  const shown = shorten(plain.trimEnd());
  return shown.trim() === "" ? [] : [{ kind: "output", text: shown, from }];
}

function sizeFrom(metadata: JsonObject): Picture["size"] {
  const { width, height } = (metadata["image/png"] ?? {}) as Record<string, Json>;
  const fits = (value: Json) => typeof value === "number" && value > 0 && value < 1e5;
  return fits(width) && fits(height) ? { width, height } as Picture["size"] : null;
}

function holdsSomething(tree: { children: unknown[] }): boolean {
  return JSON.stringify(tree).includes('"tagName":"img"') || /"value":"[^"]*[^\s"\\n]/.test(
    JSON.stringify(tree),
  );
}
