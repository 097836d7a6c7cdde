import defer * as pl from "nodejs-polars";
import { fileURLToPath } from "node:url";
import { check, oneOf } from "../ground/options.ts";

/** One figure that a study printed; "" or NaN where the study left something out. */
export interface Figure {
  readonly study: string;
  readonly language: string;
  readonly implementation: string;
  readonly variant: string;
  readonly requests: number;
  readonly concurrency: number;
  readonly metric: string;
  readonly statistic: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

const NUMBERS = ["requests", "concurrency", "value"];

/**
 * A study's printed figures, a row a figure, in the order of data/published.csv; times that it gives
 * in ms are in s here, like its others. data/README.md names the sources.
 *
 * ```ts
 * published("go-vs-python-pokemon-2022").filter(({ requests }) => requests === 150);
 * ```
 *
 * Throws a RangeError that lists the studies where the name is not among them.
 */
export function published(study: string): Figure[] {
  const file = fileURLToPath(new URL("../../data/published.csv", import.meta.url));
  const rows = pl.readCSV(file, { quoteChar: '"', inferSchemaLength: 10_000 }).toRecords();
  check("published", "study", study, oneOf(...new Set(rows.map((row) => String(row.study)))));
  return rows.filter((row) => row.study === study).map(figure);
}

function figure(row: Record<string, unknown>): Figure {
  const entries = Object.entries(row).map(([name, value]) => {
    return [name, value ?? (NUMBERS.includes(name) ? NaN : "")];
  });
  const { value, unit, ...rest } = Object.fromEntries(entries);
  return { ...rest, ...(unit === "ms" ? { value: value / 1000, unit: "s" } : { value, unit }) };
}
