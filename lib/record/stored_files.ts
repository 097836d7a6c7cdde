import { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import { basename, join } from "node:path";
import { refuse } from "../ground/options.ts";
import pl, { type DataFrame } from "nodejs-polars";

/** How tables are written. */
export type Format = "parquet" | "csv";

/** Columns of a table by name. */
export type StoredColumns = Readonly<Record<string, readonly unknown[]>>;

/** Columns of samples that hold text; all others hold numbers. */
const TEXT = new Set(["variant", "path", "error"]);

/** A table's file, as the JSON beside it knows it. */
export interface StoredFile {
  readonly name: string;
  readonly rows: number;
  readonly size: number;
  readonly sha256: string;
}

/** While it is being written a file has this at the end of its name. */
export const PART = ".part";

/**
 * Where results lie that go by this path, without an ending: those of an existing folder are
 * `results` in it.
 *
 * @param must what the path has to be, in words
 */
export async function placeOf(of: string, path: string, must: string): Promise<string> {
  if (typeof path !== "string" || path === "") refuse(of, "path", must, path, TypeError);
  const folder = await Deno.stat(path).then((found) => found.isDirectory, () => false);
  return folder || /[\\/]$/.test(path) ? join(path, "results") : path;
}

/** Writes a table beside its final place and says what was written. */
export async function writeTable(
  frame: DataFrame,
  path: string,
  format: Format,
): Promise<StoredFile> {
  const part = path + PART;
  if (format === "csv") frame.writeCSV(part);
  else frame.writeParquet(part, { compression: "snappy" });
  const bytes = await Deno.readFile(part);
  const sha256 = hash("sha256", bytes);
  return { name: basename(path), rows: frame.height, size: bytes.length, sha256 };
}

/** Reads the table of samples, if it is the one written. Throws as {@link intactFile}. */
export async function readTable(
  path: string,
  file: StoredFile,
  format: Format,
): Promise<StoredColumns> {
  const bytes = await intactFile(path, file);
  const frame = format === "csv" ? readCSV(bytes) : pl.readParquet(bytes);
  const columns = frame.columns.map((name) => [name, values(frame, name)]);
  return Object.fromEntries(columns);
}

/**
 * A file that is the one written, or an Error that says what is wrong with it. Where the writer was
 * stopped before the last renaming, it is still under its first name.
 */
export async function intactFile(path: string, file: StoredFile): Promise<Buffer> {
  const found = await intact(path, file) ?? await intact(path + PART, file);
  if (found === null) throw new Error(await trouble(path, file));
  return found;
}

// Both are handed the bytes: of a path Polars would judge by its ending whether it is one.
function readCSV(bytes: Buffer): DataFrame {
  const header = bytes.subarray(0, bytes.indexOf("\n")).toString();
  const dtypes = header.split(",").map((name) => [name, TEXT.has(name) ? pl.Utf8 : pl.Float64]);
  return pl.readCSV(bytes, { dtypes: Object.fromEntries(dtypes), quoteChar: '"' });
}

function values(frame: DataFrame, name: string): unknown[] {
  const column = frame.getColumn(name).toArray();
  return TEXT.has(name) ? column.map((value) => value ?? "") : column.map((value) => value ?? NaN);
}

async function intact(path: string, file: StoredFile): Promise<Buffer | null> {
  try {
    const bytes = await Deno.readFile(path);
    return hash("sha256", bytes) === file.sha256 ? Buffer.from(bytes.buffer) : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function trouble(path: string, file: StoredFile): Promise<string> {
  const found = await Deno.stat(path).catch(() => null);
  if (!found) return `${path} is missing`;
  const sizes = `it has ${found.size} bytes of the ${file.size} that were saved`;
  return found.size < file.size
    ? `${path} is truncated: ${sizes}`
    : `${path} is not the file that was saved: its content is another (${found.size} bytes)`;
}
