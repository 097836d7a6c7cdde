/**
 * The statistics that the lab's own figures rest on, for cells that want to look closer.
 *
 * ```ts
 * statistics.ratioInterval([0.31, 0.34, 0.33, 0.32]); // { ratio: 0.325, low: 0.30, high: 0.35, … }
 * ```
 */
import pl, { type DataFrame } from "nodejs-polars";
import type { Rows } from "../charts/mod.ts";
import { deviation, mean, quantile } from "../ground/quantile.ts";
import { list } from "../ground/words.ts";

export { random } from "../ground/random.ts";
export { blocksToTell } from "../analysis/blocks_to_tell.ts";
export { ratioInterval } from "../analysis/interval.ts";
export { studentQuantile } from "../analysis/student.ts";
export { verdictOf } from "../analysis/verdict.ts";
export { deviation, mean, quantile };

/**
 * count, mean, std, min, 25%, 50%, 75% and max of every numeric column, as pandas' describe() has
 * them: NaN and null are not counted, std has n − 1, quantiles interpolate. The frame's first
 * column, `statistic`, names the row.
 *
 * Throws a TypeError where no column is numeric, naming the columns there are.
 */
export function describe(rows: Rows): DataFrame {
  // A Polars frame is a proxy that denies having its methods to `in`.
  const given = Array.isArray(rows) ? rows : (rows as { toRecords(): unknown[] }).toRecords();
  const records = given as Record<string, unknown>[];
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const numeric = names.map((name) => ({ name, values: records.map((record) => record[name]) }))
    .filter(({ values }) => values.some((value) => typeof value === "number"))
    .map(({ name, values }) => ({ name, values: values.filter(isCounted) }));
  if (numeric.length === 0) {
    const there = names.length === 0 ? "there are no columns" : `the columns are ${list(names)}`;
    throw new TypeError(`statistics.describe: a column must hold numbers, and none does; ${there}`);
  }
  const columns = numeric.map(({ name, values }) => [name, STATISTICS.map(([, of]) => of(values))]);
  return pl.DataFrame({
    statistic: STATISTICS.map(([name]) => name),
    ...Object.fromEntries(columns),
  });
}

const isCounted = (value: unknown): value is number =>
  typeof value === "number" && !Number.isNaN(value);

const STATISTICS: [string, (values: number[]) => number][] = [
  ["count", (values) => values.length],
  ["mean", mean],
  ["std", deviation],
  ["min", (values) => quantile(values, 0)],
  ["25%", (values) => quantile(values, 0.25)],
  ["50%", (values) => quantile(values, 0.5)],
  ["75%", (values) => quantile(values, 0.75)],
  ["max", (values) => quantile(values, 1)],
];
