/** Notebooks as documents: nbformat 4 read, checked and written as Jupyter writes it. */
import { ToldError } from "../../ground/told_error.ts";
import { type Json, type JsonObject, writeExact } from "./exact_json.ts";

export type { Json, JsonObject };

/** MIME type to value; text is one string here, whatever the file had. */
export type MimeBundle = { [mime: string]: Json };

export interface StreamOutput {
  output_type: "stream";
  name: "stdout" | "stderr";
  text: string;
}
export interface DisplayOutput {
  output_type: "display_data";
  data: MimeBundle;
  metadata: JsonObject;
}
export interface ResultOutput extends Omit<DisplayOutput, "output_type"> {
  output_type: "execute_result";
  execution_count: number | null;
}
export interface ErrorOutput {
  output_type: "error";
  ename: string;
  evalue: string;
  traceback: string[];
}
export type Output = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput;

export interface CodeCell {
  cell_type: "code";
  id: string;
  metadata: JsonObject;
  source: string;
  execution_count: number | null;
  outputs: Output[];
}
export interface ProseCell {
  cell_type: "markdown" | "raw";
  id: string;
  metadata: JsonObject;
  source: string;
  attachments?: { [name: string]: MimeBundle };
}
export type Cell = CodeCell | ProseCell;

export interface Notebook {
  nbformat: 4;
  nbformat_minor: number;
  metadata: JsonObject;
  cells: Cell[];
}

/** A file that is not a notebook this project can read; the message names the file and the remedy. */
export class NotebookError extends ToldError {
  override readonly name = "NotebookError";
  readonly exitCode = 2;
  constructor(readonly file: string, problem: string, options?: ErrorOptions) {
    super(`${file}: ${problem}`, options);
  }
}

/** The tags of a cell (`metadata.tags`), none when there are none. */
export function tagsOf(cell: Cell): string[] {
  const tags = cell.metadata.tags;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
}

/** The code cells, in order. */
export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell) => cell.cell_type === "code");
}

/** Whether a run executes this cell. */
export function isRun(cell: Cell): cell is CodeCell {
  return cell.cell_type === "code" && cell.source.trim() !== "" &&
    !tagsOf(cell).includes("skip-execution");
}

/** Whether a run added this cell, to set parameters. */
export function isInjected(cell: Cell): boolean {
  return tagsOf(cell).includes("injected-parameters");
}

/** Whether an output only said how far a cell was; `show`'s progress marks its own. */
export function isProgress(output: Output): boolean {
  return "metadata" in output && output.metadata.progress === true;
}

/** What the lab notes in a notebook's metadata: its quick set, its run and record, what it copies. */
export function labOf({ metadata: { lab } }: Notebook): JsonObject {
  return typeof lab === "object" && lab !== null && !Array.isArray(lab) ? lab : {};
}

/** Notes `more` there, beside the rest; what is undefined is taken out. */
export function noteInLab(notebook: Notebook, more: { [name: string]: Json | undefined }): void {
  const noted = Object.entries({ ...labOf(notebook), ...more })
    .filter((entry): entry is [string, Json] => entry[1] !== undefined);
  if (noted.length > 0) notebook.metadata.lab = Object.fromEntries(noted);
  else delete notebook.metadata.lab;
}

/** What the notebook says its cells are written in; one that says nothing is taken for ours. */
export function languageOf({ metadata }: Notebook): string {
  const { kernelspec, language_info: info } = metadata as { [key: string]: JsonObject | undefined };
  const said = kernelspec?.language ?? info?.name;
  return typeof said === "string" && said !== "" ? said : "typescript";
}

/** Takes out what an earlier run left in the code cells. */
export function clearOutputs(notebook: Notebook): void {
  for (const cell of codeCells(notebook)) {
    cell.outputs = [];
    cell.execution_count = null;
    delete cell.metadata.execution;
  }
}

/** MIME types whose text Jupyter writes as an array of lines. */
const isLines = (mime: string) =>
  mime.startsWith("text/") || mime === "application/javascript" || mime === "image/svg+xml";

/** The bytes Jupyter would write: one space of indent, sorted keys, text as lines, a newline last. */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => {
    const source = splitLines(cell.source);
    if (cell.cell_type !== "code") return { ...cell, source };
    return { ...cell, source, outputs: cell.outputs.map(outputAsLines) };
  });
  return writeExact({ ...notebook, cells } as unknown as Json, "\n") + "\n";
}

function outputAsLines(output: Output): unknown {
  if (output.output_type === "stream") return { ...output, text: splitLines(output.text) };
  if (output.output_type === "error") return output;
  const data = Object.entries(output.data).map(([mime, value]) =>
    [mime, isLines(mime) && typeof value === "string" ? splitLines(value) : value] as const
  );
  return { ...output, data: Object.fromEntries(data) };
}

/** Lines with their ends kept, at the characters where Python's `splitlines(True)` cuts. */
export function splitLines(text: string): string[] {
  // deno-lint-ignore no-control-regex
  return text.match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[^])|[^]+$/g) ?? [];
}
