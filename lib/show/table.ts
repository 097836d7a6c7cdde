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
  /** Of the rows that are shown. */
  readonly texts: readonly string[];
}

/** A table as it is shown: of a long one the first rows and the last. */
export interface ShownTable {
  readonly columns: readonly Column[];
  /** Cells as text, row by row. */
  readonly lines: readonly (readonly string[])[];
  /** After how many of these lines rows were left out. */
  readonly cut: number;
  /** How many. */
  readonly hidden: number;
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

/** What a lazy frame stands for, and the frame of a series; anything else as it is. */
export function collected(value: unknown): unknown {
  const { collectSync, toFrame } = Object(value) as Record<string, unknown>;
  if (typeof collectSync === "function") return collectSync.call(value);
  return typeof toFrame === "function" ? toFrame.call(value) : value;
}

/** Whether it is shown as a table: a frame, or an array of plain records without holes. */
export function isTable(value: unknown): value is Frame | RecordRow[] {
  if (typeof value !== "object" || value === null) return false;
  if (!Array.isArray(value)) {
    const { toRecords, columns } = value as Partial<Frame>;
    return typeof toRecords === "function" && Array.isArray(columns);
  }
  return value.length > 0 &&
    Array.from(value).every((row) =>
      typeof row === "object" && row !== null && !Array.isArray(row) &&
      [Object.prototype, null].includes(Object.getPrototypeOf(row))
    );
}

/** Rows shown in full; of more, the first and the last. */
const SHOWN = 20, FIRST = 10, LAST = 5;

/**
 * A frame or plain records as a table: all columns, those of records in order of appearance; and the
 * columns chosen of it, if any, under their headings, in figures as people say them.
 *
 * @throws {RangeError} for a column that it does not have
 */
export function tablesOf(
  value: Frame | readonly RecordRow[],
  chosen: ReadonlyMap<string, string> | null,
): { readonly whole: ShownTable; readonly chosen: ShownTable | null } {
  const { names, records, rows, dtypes } = rowsOf(value);
  const missing = [...chosen?.keys() ?? []].find((name) => !names.includes(name));
  if (missing !== undefined) refuse("show", "columns", `among ${list(names)}`, missing);
  const made = (name: string, heading: string, unit: string | null): Column => {
    const { kind, texts } = cells(records.map((record) => record[name]), unit);
    // Of plain records, that a text is one can be seen.
    const dtype = dtypes?.get(name) ?? (kind === "text" ? "" : kind);
    const under = unit === null
      ? [unitOf(name), dtype].filter((part) => part !== "").join(" · ")
      : unit === "ms"
      ? ""
      : unit;
    return { name: printable(heading), under, kind, texts };
  };
  const table = (columns: readonly Column[]): ShownTable => ({
    columns,
    lines: records.map((_, row) => columns.map(({ texts }) => texts[row])),
    cut: FIRST,
    hidden: rows - records.length,
  });
  return {
    whole: table(names.map((name) => made(name, name, null))),
    chosen: chosen &&
      table([...chosen].map(([name, heading]) => made(name, heading, unitOf(name)))),
  };
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
export function shape({ lines, hidden, columns }: ShownTable): string {
  return `${count(lines.length + hidden, "row")} × ${count(columns.length, "column")}`;
}

/** What stands where rows were left out. */
export function unseen(hidden: number): string {
  return `… ${integer(hidden)} more ${hidden === 1 ? "row" : "rows"} …`;
}

/** Polars' names for types as its own printout has them: "DataType(Float64)" is "f64". */
function shortName(dtype: string): string {
  const [, name = dtype, unit] = /^DataType\((\w+)(?:\((\w+)\))?/.exec(dtype) ?? [];
  const sized = /^(Float|Int|UInt)(\d+)$/.exec(name);
  if (sized !== null) return { Float: "f", Int: "i", UInt: "u" }[sized[1]]! + sized[2];
  if (name === "Duration") return `duration in ${unit}`;
  return name === "String" || name === "Utf8" ? "str" : name.toLowerCase();
}
