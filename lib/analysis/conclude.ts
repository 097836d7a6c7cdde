import type { Results } from "../experiment/results.ts";
import { blocksFor } from "./interval.ts";
import { bar, type Estimate, estimate, lateness } from "./estimate.ts";

/** Three significant digits, no exponent, for prose. */
export const digits = (value: number): string =>
  value === 0 ? "0" : Number(value.toPrecision(3)).toLocaleString("en", {
    maximumSignificantDigits: 3,
    useGrouping: value >= 10_000,
  });

/**
 * What the data support about a variant against a baseline, as one plain sentence with numbers;
 * "no difference shown" where they support none. The same text serves as caption and description.
 *
 * Throws a RangeError that lists the variants where a name is not among them.
 */
export function conclude(results: Results, variant: string, baseline: string): string {
  if (results.faults.length > 0) {
    return `Nothing is ranked: the instrument's own check failed (${results.faults[0]}).`;
  }
  const compared = { ...results, baseline };
  const row = estimate(compared).find((each) => each.variant === variant);
  if (!row) {
    throw new RangeError(`conclude: "${variant}" is none of ${results.variants.join(", ")}`);
  }
  if (row.verdict === "baseline") return `${variant} is the baseline itself.`;
  const sizes = `n = ${results.paths.length}, ${results.blocks} blocks`;
  const figures = `${digits(row.ratio)} [${digits(row.low)}, ${digits(row.high)}] of ${baseline}`;
  const limit = `the limit was ${digits(row.limit)}`;
  if (row.verdict === "~") {
    return `${undecided(compared, row, baseline)}: ${figures}; ${limit} (${sizes}).`;
  }
  return `${variant} took ${figures}; ${limit} (${sizes}).`;
}

/** More blocks than an experiment has. */
const MANY = 1_000;

/** Why it is undecided, and what it would take. */
function undecided(results: Results, row: Estimate, baseline: string): string {
  const start = `no difference shown between ${row.variant} and ${baseline}`;
  const late = lateness(results, row.variant, baseline);
  if (late.exceeds) {
    return `${start}, for the origin was late by ${
      digits(late.added)
    } ms, more than the difference`;
  }
  const blocks = blocksFor(row.ratio, row.spread, bar(results));
  if (blocks <= results.blocks) {
    return `${start} beyond the noise floor of ${digits(row.noise_floor)}`;
  }
  // An effect that no one would wait for is none that needs a figure.
  if (blocks > MANY) return `${start}, nor would ${MANY} blocks show one so small`;
  return `${start} (a ratio of ${digits(row.ratio)} would take about ${blocks} blocks)`;
}
