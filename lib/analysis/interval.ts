import { deviation, mean } from "../ground/quantile.ts";
import { studentQuantile, twoTails } from "./student.ts";

/** A ratio, the interval around it, and how surprising it would be if there were no difference. */
export interface Interval {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided, of a t test that the mean log ratio is 0; not adjusted. */
  readonly p: number;
  /** Sample standard deviation of the logs. */
  readonly spread: number;
}

/**
 * The geometric mean of ratios and its t interval on the logs, one ratio a block. Makespans are
 * positive and their errors multiply, so that the logs are what is near normal; pairing within
 * blocks takes out what all variants of a block share (draws, drift).
 *
 * @param confidence of the interval, 0.95 where 5 % of such intervals may miss
 */
export function ratioInterval(ratios: readonly number[], confidence: number): Interval {
  const bad = ratios.find((ratio) => !(ratio > 0 && ratio < Infinity));
  if (bad !== undefined) throw new RangeError(`ratioInterval: ratios must be above 0; got ${bad}`);
  if (ratios.length < 2) {
    throw new RangeError(`ratioInterval: an interval needs 2 ratios or more; got ${ratios.length}`);
  }
  const logs = ratios.map(Math.log);
  const [center, spread] = [mean(logs), deviation(logs)];
  const error = spread / Math.sqrt(logs.length);
  const freedom = logs.length - 1;
  const half = studentQuantile((1 + confidence) / 2, freedom) * error;
  const p = error === 0 ? (center === 0 ? 1 : 0) : twoTails(center / error, freedom);
  return {
    ratio: Math.exp(center),
    low: Math.exp(center - half),
    high: Math.exp(center + half),
    p,
    spread,
  };
}

/**
 * Adjusted p-values by S. Holm (1979, Scandinavian Journal of Statistics 6, 65–70): the i-th
 * smallest of m times m − i + 1, never falling, at most 1. In the order given.
 */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).sort((i, j) => p[i] - p[j]);
  const adjusted: number[] = new Array(p.length);
  let most = 0;
  order.forEach((i, rank) => {
    most = Math.max(most, Math.min(1, p[i] * (p.length - rank)));
    adjusted[i] = most;
  });
  return adjusted;
}

/** What stands between an effect and being ranked, besides its own spread. */
export interface Bar {
  /** Standard deviation of the log ratios of the twin to its first self, of which the noise floor is made. */
  readonly twinSpread: number;
  /** Comparisons that Holm adjusts for, from 1. */
  readonly comparisons: number;
}

/**
 * Blocks in which a true ratio would be ranked with a probability of 80 %: the least n at which,
 * with δ = |ln ratio| and t of n − 1 degrees of freedom, both hold:
 *
 * - δ√n ≥ t₀.₉₇₅·(s + sₜ) + √(2/π)·sₜ + t₀.₈·√(s² + (1 − 2/π)·sₜ²): the interval's near end clears
 *   the twin's far end, whose centre lies √(2/π)·sₜ/√n from 1 on average;
 * - δ√n ≥ (t at 1 − 0.025/m + t₀.₈)·s: Holm agrees, at the step that asks most of it.
 *
 * Infinity for a ratio of 1.
 *
 * @param spread standard deviation s of the log ratios, as {@link Interval} has it
 */
export function blocksFor(ratio: number, spread: number, bar: Bar): number {
  const effect = Math.abs(Math.log(ratio));
  if (!(effect > 0)) return Infinity;
  const { twinSpread, comparisons } = bar;
  const centre = Math.sqrt(2 / Math.PI) * twinSpread;
  const joint = Math.sqrt(spread ** 2 + (1 - 2 / Math.PI) * twinSpread ** 2);
  const enough = (n: number) => {
    const t = (p: number) => studentQuantile(p, n - 1);
    const floor = t(0.975) * (spread + twinSpread) + centre + t(0.8) * joint;
    const step = (t(1 - 0.025 / comparisons) + t(0.8)) * spread;
    return Math.sqrt(n) * effect >= Math.max(floor, step);
  };
  let [low, high] = [2, 2];
  while (!enough(high)) [low, high] = [high, high * 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (enough(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}
