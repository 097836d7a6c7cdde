import { attempt } from "../../ground/attempt.ts";
import { parseExact } from "./exact_json.ts";
import {
  type Cell,
  type Json,
  type JsonObject,
  type MimeBundle,
  type Notebook,
  NotebookError,
  type Output,
} from "./notebook.ts";

/** The notebook in the file `path`. A NotebookError, in which it is called `name`, says why not. */
export function readNotebook(path: string, name: string): Notebook {
  return parseNotebook(readText(path, name), name);
}

/** The same; undefined where there is none that can be read. */
export function findNotebook(path: string): Notebook | undefined {
  return attempt(() => readNotebook(path, path));
}

/** The text of the file `path`; a NotebookError where it cannot be read or is not UTF-8. */
export function readText(path: string, name: string): string {
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(path);
  } catch (cause) {
    throw new NotebookError(name, `cannot be read (${(cause as Error).message})`, { cause });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new NotebookError(name, "is not UTF-8: save it in that encoding", { cause });
  }
}

/**
 * The notebook in `text`, with text joined and every cell given an id (nbformat 4.5).
 * `name` is what messages call the file. A file that is not nbformat 4 is a NotebookError.
 */
export function parseNotebook(text: string, name: string): Notebook {
  const fail = (problem: string) => new NotebookError(name, problem);
  const raw = parseJson(text, name);
  const format = raw.nbformat;
  if (typeof format !== "number") {
    throw fail("is JSON but not a notebook: it has no nbformat number");
  }
  if (format < 4) {
    const remedy = "open it in Jupyter and save it, or run jupyter nbconvert --to notebook";
    throw fail(`is nbformat ${format}, and 4 is needed: ${remedy} --nbformat 4`);
  }
  if (format > 4) throw fail(`is nbformat ${format}, newer than the 4 this runner reads`);
  if (!Array.isArray(raw.cells)) throw fail("has no list of cells");
  const cells = raw.cells.map((cell, i) => readCell(cell, `cell ${i + 1}`, name));
  giveIds(cells);
  const minor = typeof raw.nbformat_minor === "number" ? raw.nbformat_minor : 0;
  return {
    ...raw,
    nbformat: 4,
    nbformat_minor: Math.max(5, minor),
    metadata: isObject(raw.metadata) ? raw.metadata : {},
    cells,
  };
}

function parseJson(text: string, name: string): JsonObject {
  const body = text.replace(/^\uFEFF/, "");
  if (body.trim() === "") throw new NotebookError(name, "is empty: restore it, or save it again");
  let raw: Json;
  try {
    raw = parseExact(body);
  } catch (cause) {
    const problem = /^(<{7}|>{7}) /m.test(body)
      ? "holds git's conflict marks: settle the merge first"
      : `is not JSON (${(cause as Error).message}): is it a notebook, saved completely?`;
    throw new NotebookError(name, problem, { cause });
  }
  if (!isObject(raw)) throw new NotebookError(name, "is JSON but not a notebook: not an object");
  return raw;
}

function readCell(raw: Json, where: string, name: string): Cell {
  const fail = (problem: string) => new NotebookError(name, `${where} ${problem}`);
  if (!isObject(raw)) throw fail("is not an object");
  const type = raw.cell_type;
  if (type !== "code" && type !== "markdown" && type !== "raw") {
    throw fail(`has the cell_type ${JSON.stringify(type)}, not code, markdown or raw`);
  }
  const source = joinText(raw.source);
  if (source === undefined) throw fail("has a source that is neither text nor lines of text");
  const metadata = isObject(raw.metadata) ? raw.metadata : {};
  const cell = { ...raw, id: typeof raw.id === "string" ? raw.id : "", metadata, source };
  if (type !== "code") return { ...cell, cell_type: type } as Cell;
  if (!Array.isArray(raw.outputs ?? [])) throw fail("has outputs that are not a list");
  const outputs = ((raw.outputs ?? []) as Json[]).map((output, i) => {
    const read = readOutput(output);
    if (read === undefined) throw fail(`has an output (${i + 1}) that nbformat 4 does not know`);
    return read;
  });
  const count = typeof raw.execution_count === "number" ? raw.execution_count : null;
  return { ...cell, cell_type: "code", execution_count: count, outputs } as Cell;
}

function readOutput(raw: Json): Output | undefined {
  if (!isObject(raw)) return undefined;
  const { output_type: type, data, metadata, ename, evalue, traceback } = raw;
  if (type === "stream") {
    const text = joinText(raw.text);
    return text === undefined ? undefined : { ...raw, text } as Output;
  }
  if (type === "error") {
    return {
      ...raw,
      ename: String(ename ?? ""),
      evalue: String(evalue ?? ""),
      traceback: Array.isArray(traceback) ? traceback.map(String) : [],
    } as Output;
  }
  if (type !== "display_data" && type !== "execute_result" || !isObject(data)) return undefined;
  const own = isObject(metadata) ? metadata : {};
  return { ...raw, data: joinBundle(data), metadata: own } as unknown as Output;
}

/** JSON stays as it is, whatever its shape; all else may have been cut into lines. */
function joinBundle(data: JsonObject): MimeBundle {
  const joined = Object.entries(data).map(([mime, value]) =>
    /^application\/(.*\+)?json$/.test(mime) ? [mime, value] : [mime, joinText(value) ?? value]
  );
  return Object.fromEntries(joined);
}

function joinText(text: Json | undefined): string | undefined {
  if (typeof text === "string") return text;
  if (Array.isArray(text) && text.every((line) => typeof line === "string")) return text.join("");
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keeps good ids; a missing, malformed or repeated one becomes the same id in every run. */
function giveIds(cells: Cell[]): void {
  const taken = new Set<string>();
  cells.forEach((cell, i) => {
    let id = /^[a-zA-Z0-9_-]{1,64}$/.test(cell.id) && !taken.has(cell.id)
      ? cell.id
      : `cell-${i + 1}`;
    while (taken.has(id)) id += "-";
    taken.add(id);
    cell.id = id;
  });
}
