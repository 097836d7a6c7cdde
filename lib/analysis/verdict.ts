import type { Interval } from "./interval.ts";

/** What an interval says about a ratio, for somebody to whom differences within a margin are none. */
export type Verdict = "same" | "faster" | "slower" | "can't tell";

/**
 * The verdict on an interval, against a margin said beforehand. In this order:
 *
 * - "can't tell" where all blocks gave the same ratio, which real runs do not do;
 * - "same" where the whole interval lies within [1/(1 + margin), 1 + margin], ends included, whether
 *   it holds 1 or not (two one-sided tests: D. J. Schuirmann, 1987, Journal of Pharmacokinetics and
 *   Biopharmaceutics 15, 657–680);
 * - "faster" or "slower" where it excludes 1;
 * - "can't tell" where it does neither.
 *
 * ```ts
 * verdictOf(ratioInterval([0.31, 0.34, 0.33, 0.32]), 0.05); // "faster"
 * ```
 */
export function verdictOf(interval: Interval, margin: number): Verdict {
  const { low, high, spread } = interval;
  if (spread === 0) return "can't tell";
  if (low >= 1 / (1 + margin) && high <= 1 + margin) return "same";
  if (high < 1) return "faster";
  return low > 1 ? "slower" : "can't tell";
}
