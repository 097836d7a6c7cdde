/** What charts draw, read and checked, and embedded in the spec. */
import { refuse } from "../ground/options.ts";

/** What a chart draws: a frame (anything with `toRecords()`, such as Polars') or an array of records. */
export type Rows = readonly unknown[] | { toRecords(): readonly unknown[] };

/** The columns that a chart draws: text and numbers, and those that may be missing. */
export interface Columns {
  readonly text?: readonly string[];
  readonly number?: readonly string[];
  readonly maybeText?: readonly string[];
  readonly maybeNumber?: readonly string[];
}

/** A record of those columns. A number that is not known is NaN, a text that is not known is "". */
export type Row<C extends Columns> =
  & { readonly [K in Names<C["text"] | C["maybeText"]>]: string }
  & { readonly [K in Names<C["number"] | C["maybeNumber"]>]: number };

type Names<L> = L extends readonly (infer N extends string)[] ? N : never;

/**
 * Reads the columns that a chart draws out of its rows, and no others.
 *
 * @throws {TypeError} naming chart and column: rows that are not rows, a missing column, a value of
 * another type than the column's.
 * @throws {RangeError} for no rows at all.
 */
export function readRows<const C extends Columns>(chart: string, rows: Rows, columns: C): Row<C>[] {
  const records = toRecords(chart, rows);
  if (records.length === 0) throw new RangeError(`charts.${chart} has no rows to draw`);
  const { text = [], number = [], maybeText = [], maybeNumber = [] } = columns;
  const present = Object.keys(records[0]);
  for (const column of [...text, ...number]) {
    if (present.includes(column)) continue;
    const there = present.map((name) => `"${name}"`).join(", ");
    throw new TypeError(`charts.${chart} needs a column "${column}"; the columns are ${there}`);
  }
  return records.map((record, index) => {
    return Object.fromEntries([
      ...[...text, ...maybeText].map((name) => [name, String(record[name] ?? "")]),
      ...[...number, ...maybeNumber].map((name) => [
        name,
        toNumber(record[name], chart, name, index),
      ]),
    ]) as Row<C>;
  });
}

function toRecords(chart: string, rows: Rows): Record<string, unknown>[] {
  const records = Array.isArray(rows)
    ? rows
    : (rows as { toRecords?: () => unknown[] } | null)?.toRecords?.();
  if (!Array.isArray(records) || records.some((one) => typeof one !== "object" || one === null)) {
    refuse(`charts.${chart}`, "rows", "a frame or an array of records", rows, TypeError);
  }
  return records;
}

function toNumber(value: unknown, chart: string, column: string, row: number): number {
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return NaN;
  if (typeof value === "bigint") return Number(value);
  refuse(`charts.${chart}`, `"${column}" of row ${row}`, "a number", value, TypeError);
}

/** Values of a text column in the order in which they first appear. */
export function inOrder<K extends string>(
  rows: readonly { readonly [C in K]: string }[],
  column: K,
) {
  return [...new Set(rows.map((row) => row[column]))];
}

/** Rows by the value of a text column, in the order in which values first appear. */
export function groupBy<K extends string, T extends { readonly [C in K]: string }>(
  rows: readonly T[],
  column: K,
): Map<string, T[]> {
  return Map.groupBy(rows, (row) => row[column]);
}

/** From here on rows are embedded as CSV: a fifth of the size in a notebook, which indents JSON. */
const MANY = 200;

/**
 * The data of a spec: of each row the columns named, numbers rounded to so many decimals, `null`
 * for text. What is not known is left out.
 */
export function embed<T extends object>(
  rows: readonly T[],
  columns: { readonly [C in keyof T & string]?: number | null },
) {
  const names = Object.keys(columns) as (keyof T & string)[];
  const values = rows.map((row) => names.map((name) => rounded(row[name], columns[name] ?? null)));
  if (rows.length <= MANY) {
    const records = values.map((cells) =>
      Object.fromEntries(
        names.flatMap((name, i) => cells[i] === null ? [] : [[name, cells[i]]]),
      )
    );
    return { values: records };
  }
  const parse = Object.fromEntries(
    names.map((name) => [name, columns[name] === null ? "string" : "number"]),
  );
  const lines = [names, ...values].map((cells) => cells.map(csvCell).join(","));
  return { values: lines.join("\n"), format: { type: "csv", parse } };
}

function rounded(value: unknown, decimals: number | null): string | number | null {
  if (decimals === null) return String(value);
  const number = Number(value);
  return Number.isFinite(number) ? Number(number.toFixed(decimals)) : null;
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return "";
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
