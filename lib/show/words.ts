import { Kind, resolve, STRING } from "../ground/options.ts";

/** Columns to show of a table: their names in it, and headings. */
export type Chosen = Readonly<Record<string, string>>;

/** What {@link show} can be told. */
export interface ShowOptions {
  /** A sentence that goes with it; `conclude()` makes such. */
  readonly caption?: string;
  /**
   * Of a table, the columns that matter here, in this order, with their headings:
   * `{ time_ms: "time", sockets: "connections" }`. The whole table is folded away under it.
   */
  readonly columns?: Chosen;
  /** What only some want to read, such as `environmentLine(results)`: folded away under a table. */
  readonly details?: string;
}

/** What is said about a thing, and what of it is shown; nothing left open. */
export interface Words {
  readonly caption: string | null;
  readonly columns: ReadonlyMap<string, string> | null;
  readonly details: string | null;
}

const HEADINGS = new Kind<Chosen>(
  "an object of names of columns and headings",
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  (value: Chosen) => Object.values(value).every((text) => typeof text === "string"),
);

/** Fills in what was not given; throws a TypeError or RangeError that names what is wrong. */
export function resolveWords(options: ShowOptions): Words {
  const { caption, columns, details } = resolve("show", options, {
    caption: STRING.or(null),
    columns: HEADINGS.or(null),
    details: STRING.or(null),
  });
  return { caption, columns: columns && new Map(Object.entries(columns)), details };
}

const UNITS: readonly (readonly [suffix: string, unit: string])[] = [
  ["_ms_per_s", "ms per s"],
  ["_per_s", "1/s"],
  ["_ms", "ms"],
  ["_us", "µs"],
  ["_s", "s"],
  ["_kb", "kB"],
  ["_mb", "MB"],
  ["_bytes", "B"],
  ["_pct", "%"],
];

/** The unit that a column's name ends in, "" where it ends in none. */
export function unitOf(name: string): string {
  return UNITS.find(([suffix]) => name.endsWith(suffix))?.[1] ?? "";
}
