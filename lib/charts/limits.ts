import { quantile } from "../ground/quantile.ts";
import { groupBy, readRows, type Rows } from "./rows.ts";
import { duration } from "../ground/words.ts";

/** How fast each variant could have gone, ms, by name; empty where nothing is known of it. */
export type Limits = ReadonlyMap<string, number>;

/** Reads limits out of trials or a summary: columns variant and ideal_ms, of several the median. */
export function limitsOf(chart: string, rows: Rows | undefined): Limits {
  if (rows === undefined) return new Map();
  const limits = readRows(chart, rows, { variant: "text", ideal_ms: "number" })
    .filter(({ ideal_ms }) => Number.isFinite(ideal_ms));
  return new Map(
    [...groupBy(limits, "variant")].map(([variant, group]) => [
      variant,
      quantile(group.map(({ ideal_ms }) => ideal_ms), 0.5),
    ]),
  );
}

/** ", limit 24.9 s" for a variant whose limit is known, else "". */
export function limitWords(limits: Limits, variant: string): string {
  const limit = limits.get(variant);
  return limit === undefined ? "" : `, limit ${duration(limit)}`;
}

/** A layer with the limit as a dashed line in the facet of each variant that has one. */
export function limitRule(limits: Limits): Record<string, unknown>[] {
  if (limits.size === 0) return [];
  const byName = JSON.stringify(Object.fromEntries(limits));
  return [{
    transform: [
      { aggregate: [{ op: "count", as: "rows" }], groupby: ["variant"] },
      { calculate: `${byName}[datum.variant]`, as: "ideal_ms" },
      { filter: "isValid(datum.ideal_ms)" },
    ],
    mark: { type: "rule", style: "lab-rule", strokeDash: [5, 3], strokeWidth: 1.5 },
    encoding: { x: { field: "ideal_ms", type: "quantitative" }, y: null, x2: null, color: null },
  }];
}
