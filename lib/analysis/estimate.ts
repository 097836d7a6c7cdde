import type { Blocks, Pass } from "../trial/measured.ts";
import { compare, type CompareOptions, type Comparison } from "./compare.ts";

/**
 * Every variant against the baseline, a row each, and last the twin against itself. What a row holds:
 * {@link Comparison}. A verdict is read off the interval that is in the row, against the margin that
 * was said beforehand:
 *
 * | verdict | when |
 * |---|---|
 * | "same" | the whole interval lies within [1/1.05, 1.05], for a margin of 0.05 |
 * | "faster", "slower" | else, and it excludes 1 |
 * | "can't tell" | neither; or the instrument found fault with itself, or the twin with itself |
 *
 * ```ts
 * const rows = estimate(results);
 * rows[0]; // { variant: "naive/kept", ratio: 0.993, low: 0.991, high: 0.995, verdict: "same", … }
 * await show(charts.ratios(estimate(results, { margin: 0.02 })));
 * ```
 *
 * Throws a RangeError where fewer than 2 blocks were measured, for a margin that is not between 0 and
 * 1, and for a baseline that is not one of the variants.
 */
export function estimate<P extends Pass>(
  results: Blocks<P>,
  options: CompareOptions = {},
): Comparison[] {
  return compare("estimate", results, options);
}
