import { count, integer } from "../ground/words.ts";
import { cells, type Kind, printable, unitOf } from "./cells.ts";

/** A column as it is shown. */
export interface Column {
  readonly name: string;
  /** "ms", "1/s", …; "" where the name ends in no unit. */
  readonly unit: string;
  /** "f64", "str", …: the frame's own word; of plain records, what their values are. */
  readonly dtype: string;
  readonly kind: Kind;
}

/** A table as it is shown: long ones by their first and last rows. */
export interface Table {
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

/** Whether it is an array of plain records. */
export function isRecords(value: unknown): value is RecordRow[] {
  return Array.isArray(value) && value.length > 0 &&
    value.every((row) =>
      typeof row === "object" && row !== null && !Array.isArray(row) &&
      [Object.prototype, null].includes(Object.getPrototypeOf(row))
    );
}

/** Rows shown in full; of more, the first and the last. */
const SHOWN = 20, FIRST = 10, LAST = 5;

/** A frame as a table. */
export function frameTable(frame: Frame): Table {
  const height = frame.height ?? NaN;
  const long = height > SHOWN && frame.head !== undefined && frame.tail !== undefined;
  // A frame of a hundred thousand rows is not made into records for fifteen of them.
  const records = long
    ? [...frame.head!(FIRST).toRecords(), ...frame.tail!(LAST).toRecords()]
    : frame.toRecords();
  const dtypes = frame.dtypes?.map((dtype) => shortName(String(dtype)));
  return table([...frame.columns], records, long ? height : records.length, dtypes);
}

/** Plain records as a table: its columns are those of all records, in order of appearance. */
export function recordsTable(records: readonly RecordRow[]): Table {
  const names = [...new Set(records.flatMap(Object.keys))];
  return table(names, records, records.length, undefined);
}

/** "3 rows × 12 columns". */
export function shape({ rows, columns }: Table): string {
  return `${count(rows, "row")} × ${count(columns.length, "column")}`;
}

/** What stands where rows were left out. */
export function unseen(hidden: number): string {
  return `… ${integer(hidden)} more ${hidden === 1 ? "row" : "rows"} …`;
}

function table(
  names: readonly string[],
  records: readonly RecordRow[],
  rows: number,
  dtypes: readonly string[] | undefined,
): Table {
  const shown = rows <= SHOWN
    ? records
    : records.length > FIRST + LAST
    ? [...records.slice(0, FIRST), ...records.slice(-LAST)]
    : records;
  const made = names.map((name) => cells(shown.map((record) => record[name])));
  const lines = shown.map((_, row) => made.map(({ texts }) => texts[row]));
  const cut = rows > SHOWN ? FIRST : lines.length;
  return {
    columns: names.map((name, i) => ({
      name: printable(name),
      unit: unitOf(name),
      dtype: dtypes?.[i] ?? made[i].kind,
      kind: made[i].kind,
    })),
    head: lines.slice(0, cut),
    tail: lines.slice(cut),
    hidden: rows - lines.length,
    rows,
  };
}

/** Polars' names for types as its own printout has them: "DataType(Float64)" is "f64". */
function shortName(dtype: string): string {
  const name = /^DataType\((\w+)/.exec(dtype)?.[1] ?? dtype;
  const sized = /^(Float|Int|UInt)(\d+)$/.exec(name);
  if (sized !== null) return { Float: "f", Int: "i", UInt: "u" }[sized[1]]! + sized[2];
  return name === "String" || name === "Utf8" ? "str" : name.toLowerCase();
}
