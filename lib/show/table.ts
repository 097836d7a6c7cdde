import type { DataFrame, DataType } from "nodejs-polars";
import { refuse } from "../ground/options.ts";
import { count, integer, list } from "../ground/words.ts";
import { type CellKind, cells, printable } from "./cells.ts";
import { unitOf } from "./words.ts";

/** A column as it is shown. */
export interface Column {
  readonly name: string;
  /** What stands under it: "ms · f64", a unit and the frame's own word for the type, or nothing. */
  readonly under: string;
  readonly kind: CellKind;
}

/** A table as it is shown: long ones by their first and last rows. */
export interface ShownTable {
  readonly columns: readonly Column[];
  /** Cells as text, row by row. */
  readonly head: readonly (readonly string[])[];
  readonly tail: readonly (readonly string[])[];
  /** How many rows stand between head and tail unseen. */
  readonly hidden: number;
  /** Of the whole. */
  readonly rows: number;
}

/** What of a Polars frame is needed here. */
interface Frame {
  readonly columns: readonly string[];
  readonly dtypes?: readonly unknown[];
  toRecords(): Record<string, unknown>[];
  head?(n: number): Frame;
  tail?(n: number): Frame;
  readonly height?: number;
}

type RecordRow = Record<string, unknown>;

/** Whether it is a frame: it has columns and gives records. */
export function isFrame(value: unknown): value is Frame {
  if (typeof value !== "object" || value === null) return false;
  const frame = value as Partial<Frame>;
  return typeof frame.toRecords === "function" && Array.isArray(frame.columns);
}

/** Whether it is an array of plain records; one with holes in it is not. */
export function isRecords(value: unknown): value is RecordRow[] {
  return Array.isArray(value) && value.length > 0 &&
    Array.from(value).every((row) =>
      typeof row === "object" && row !== null && !Array.isArray(row) &&
      [Object.prototype, null].includes(Object.getPrototypeOf(row))
    );
}

/** Whether it is shown as a table: a frame, or an array of plain records. */
export function isTable(value: unknown): value is Frame | RecordRow[] {
  return isFrame(value) || isRecords(value);
}

/** Rows shown in full; of more, the first and the last. */
const SHOWN = 20, FIRST = 10, LAST = 5;

/** A frame or plain records as a table: all columns, those of records in order of appearance. */
export function wholeTable(value: Frame | readonly RecordRow[]): ShownTable {
  const { names, records, rows, dtypes } = rowsOf(value);
  return table(records, rows, names.map((name) => column(name, records, dtypes?.get(name))));
}

/**
 * The columns chosen of it, under their headings, in figures as people say them.
 *
 * @throws {RangeError} for a column that it does not have
 */
export function chosenTable(
  value: Frame | readonly RecordRow[],
  columns: ReadonlyMap<string, string>,
): ShownTable {
  const { names, records, rows } = rowsOf(value);
  const missing = [...columns.keys()].find((name) => !names.includes(name));
  if (missing !== undefined) refuse("show", "columns", `among ${list(names)}`, missing);
  const made = [...columns].map(([name, heading]) => {
    const unit = unitOf(name);
    const { kind, texts } = cells(records.map((record) => record[name]), unit);
    return { name: printable(heading), under: unit === "ms" ? "" : unit, kind, texts };
  });
  return table(records, rows, made);
}

/** A column of a whole table. */
function column(name: string, records: readonly RecordRow[], dtype: string | undefined) {
  const { kind, texts } = cells(records.map((record) => record[name]));
  const under = [unitOf(name), dtype ?? kind].filter((part) => part !== "").join(" · ");
  return { name: printable(name), under, kind, texts };
}

/** What is seen of the rows: all, or of many the first and the last. */
function rowsOf(value: Frame | readonly RecordRow[]) {
  if (Array.isArray(value)) {
    const names = [...new Set(value.flatMap(Object.keys))];
    return { names, records: seen(value), rows: value.length, dtypes: undefined };
  }
  const { dtypes: types } = value as Frame;
  const frame = collectable(value as Frame);
  const height = frame.height ?? NaN;
  const long = height > SHOWN && frame.head !== undefined && frame.tail !== undefined;
  // A frame of a hundred thousand rows is not made into records for fifteen of them.
  const records = long
    ? [...frame.head!(FIRST).toRecords(), ...frame.tail!(LAST).toRecords()]
    : frame.toRecords();
  const names = [...frame.columns];
  const dtypes = types &&
    new Map(types.map((dtype, i) => [names[i], shortName(String(dtype))]));
  return { names, records: seen(records), rows: long ? height : records.length, dtypes };
}

/**
 * Polars makes no record of a decimal: it becomes text, exact as it is. What text is, the frame's own
 * types tell, so that whoever shows no frame loads no Polars.
 */
function collectable(frame: Frame): Frame {
  const decimals = frame.columns.filter((_, i) => String(frame.dtypes?.[i]).includes("Decimal("));
  if (decimals.length === 0) return frame;
  const { Utf8 } = frame.dtypes![0]!.constructor as typeof DataType;
  const own = frame as DataFrame;
  return own.withColumns(...decimals.map((name) => own.getColumn(name).cast(Utf8)));
}

const seen = (records: RecordRow[]) =>
  records.length <= SHOWN ? records : [...records.slice(0, FIRST), ...records.slice(-LAST)];

/** "3 rows × 12 columns". */
export function shape({ rows, columns }: ShownTable): string {
  return `${count(rows, "row")} × ${count(columns.length, "column")}`;
}

/** What stands where rows were left out. */
export function unseen(hidden: number): string {
  return `… ${integer(hidden)} more ${hidden === 1 ? "row" : "rows"} …`;
}

function table(
  records: readonly RecordRow[],
  rows: number,
  columns: readonly (Column & { readonly texts: readonly string[] })[],
): ShownTable {
  const lines = records.map((_, row) => columns.map(({ texts }) => texts[row]));
  const cut = rows > SHOWN ? FIRST : lines.length;
  return {
    columns,
    head: lines.slice(0, cut),
    tail: lines.slice(cut),
    hidden: rows - lines.length,
    rows,
  };
}

/** Polars' names for types as its own printout has them: "DataType(Float64)" is "f64". */
function shortName(dtype: string): string {
  const [, name = dtype, unit] = /^DataType\((\w+)(?:\((\w+)\))?/.exec(dtype) ?? [];
  const sized = /^(Float|Int|UInt)(\d+)$/.exec(name);
  if (sized !== null) return { Float: "f", Int: "i", UInt: "u" }[sized[1]]! + sized[2];
  if (name === "Duration") return `duration in ${unit}`;
  return name === "String" || name === "Utf8" ? "str" : name.toLowerCase();
}
