import { Kind, listOf, resolve, STRING, TEXT } from "../ground/options.ts";

/** Columns to show of a table, by their names in it; with headings of one's own, or made of names. */
export type Chosen = readonly string[] | Readonly<Record<string, string>>;

/** What {@link show} can be told. */
export interface ShowOptions {
  /** A sentence that goes with it; `conclude()` makes such. */
  readonly caption?: string;
  /**
   * Of a table, the columns that matter here, in this order: their names, or names and headings,
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

const NAMES = listOf(TEXT);
const HEADINGS = new Kind<Chosen>(
  "names of columns, or an object of names and headings",
  (value) => typeof value === "object" && value !== null,
  (value: Chosen) => Object.values(value).every((text) => typeof text === "string"),
);

/** Fills in what was not given; throws a TypeError or RangeError that names what is wrong. */
export function resolveWords(options: ShowOptions): Words {
  const { caption, columns, details } = resolve("show", options, {
    caption: STRING.or(null),
    columns: (Array.isArray(options?.columns) ? NAMES : HEADINGS).or(null),
    details: STRING.or(null),
  });
  if (columns === null) return { caption, columns, details };
  const pairs = Array.isArray(columns)
    ? columns.map((name: string) => [name, headingOf(name)] as const)
    : Object.entries(columns as Record<string, string>);
  return { caption, columns: new Map(pairs), details };
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

/** A column's name as people read it: "peak_in_flight" is "peak in flight", "time_ms" is "time". */
function headingOf(name: string): string {
  const suffix = UNITS.find(([suffix]) => name.endsWith(suffix))?.[0] ?? "";
  return name.slice(0, name.length - suffix.length).replaceAll("_", " ");
}
