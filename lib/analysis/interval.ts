import { above, check, FRACTION, listOf, whole } from "../ground/options.ts";
import { deviation, mean } from "../ground/quantile.ts";
import { studentQuantile } from "./student.ts";

/** A ratio and the interval around it. */
export interface Interval {
  /** Geometric mean. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** Sample standard deviation of the logs. */
  readonly spread: number;
  /** How many ratios it rests on: one a block. */
  readonly blocks: number;
}

/**
 * The geometric mean of within-block ratios and its t interval on the logs. With x the logs, c their
 * mean, s their standard deviation (n − 1) and α = 1 − confidence, the interval is
 *
 *     exp(c ± t(1 − α/2m, n − 1) · s/√n)
 *
 * Times are positive and their errors multiply, so the logs are what is near normal; pairing within
 * blocks takes out what all variants of a block share (draws, drift). Of m comparisons made together
 * all intervals hold at once in at least `confidence` of experiments (C. E. Bonferroni, 1936; O. J.
 * Dunn, 1961, Journal of the American Statistical Association 56, 52–64).
 *
 * ```ts
 * ratioInterval([1.04, 1.02, 1.05, 1.03, 1.06, 1.01, 1.04, 1.03], 0.95, 3).high; // 1.053
 * ```
 *
 * @param ratios one a block, 2 or more, each above 0
 * @param confidence from 0 to 1: 0.95 where one interval in twenty may miss
 * @param comparisons m, from 1
 * @throws {RangeError | TypeError} naming the argument that is wrong
 */
export function ratioInterval(
  ratios: readonly number[],
  confidence = 0.95,
  comparisons = 1,
): Interval {
  check("ratioInterval", "ratios", ratios, listOf(above(0), 2));
  check("ratioInterval", "confidence", confidence, FRACTION);
  check("ratioInterval", "comparisons", comparisons, whole(1));
  const logs = ratios.map(Math.log);
  const blocks = logs.length;
  const alike = ratios.every((ratio) => ratio === ratios[0]);
  // Of equal logs the rounded mean leaves a spread of 1e-17, which is none.
  const [center, spread] = alike ? [logs[0], 0] : [mean(logs), deviation(logs)];
  const t = studentQuantile(1 - (1 - confidence) / 2 / comparisons, blocks - 1);
  const half = t * spread / Math.sqrt(blocks);
  return {
    ratio: Math.exp(center),
    low: Math.exp(center - half),
    high: Math.exp(center + half),
    spread,
    blocks,
  };
}
