import { Buffer } from "node:buffer";
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

/** Writes a table beside its final place and says what was written. */
export async function writeTable(
  frame: DataFrame,
  path: string,
  format: Format,
): Promise<Omit<StoredFile, "name">> {
  const part = path + PART;
  if (format === "csv") frame.writeCSV(part);
  else frame.writeParquet(part, { compression: "snappy" });
  const bytes = await Deno.readFile(part);
  return { rows: frame.height, size: bytes.length, sha256: await digest(bytes) };
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
    return await digest(bytes) === file.sha256 ? Buffer.from(bytes.buffer) : null;
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

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
