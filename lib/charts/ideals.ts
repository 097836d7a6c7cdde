import { quantile } from "../ground/quantile.ts";
import { duration } from "../ground/words.ts";
import { groupBy, readRows, type Rows } from "./rows.ts";

/** How fast each variant could have gone, ms, by name; empty where nothing is known of it. */
export type Ideals = ReadonlyMap<string, number>;

/** Reads ideals out of trials or a summary: columns variant and ideal_ms, of several the median. */
export function idealsOf(chart: string, rows: Rows | undefined): Ideals {
  if (rows === undefined) return new Map();
  const known = readRows(chart, rows, { text: ["variant"], number: ["ideal_ms"] })
    .filter(({ ideal_ms }) => Number.isFinite(ideal_ms));
  const median = (group: typeof known) => quantile(group.map(({ ideal_ms }) => ideal_ms), 0.5);
  return new Map([...groupBy(known, "variant")].map(([name, group]) => [name, median(group)]));
}

/** ", ideal 24.9 s" for a variant whose ideal is known, else "". */
export function idealWords(ideals: Ideals, variant: string): string {
  const ideal = ideals.get(variant);
  return ideal === undefined ? "" : `, ideal ${duration(ideal)}`;
}

/** A layer with the ideal as a dashed line in the facet of each variant that has one. */
export function idealRule(ideals: Ideals): Record<string, unknown>[] {
  if (ideals.size === 0) return [];
  const byName = JSON.stringify(Object.fromEntries(ideals));
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
