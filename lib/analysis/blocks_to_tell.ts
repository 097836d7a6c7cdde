import { above, check, number, whole } from "../ground/options.ts";
import { studentQuantile } from "./student.ts";

/**
 * How many blocks it takes to call two things the same within a margin, four times in five where
 * they are the same: the least n with
 *
 *     (t(1 − 0.025/m, n − 1) + t(0.9, n − 1)) · s ≤ ln(1 + margin) · √n
 *
 * Planned from the spread and the margin, never from the difference that was seen: a plan made from
 * that says only what the verdict says (J. M. Hoenig and D. M. Heisey, 2001, The American
 * Statistician 55, 19–24). Run so many blocks anew, with another seed. Adding blocks until a verdict
 * appears finds one where there is none.
 *
 * ```ts
 * blocksToTell(0.035, 0.05, 3); // 10
 * ```
 *
 * @param spread standard deviation s of the logs of the ratios, as {@link Interval} has it
 * @param margin above 0: 0.05 is 5 %
 * @param comparisons m, from 1
 */
export function blocksToTell(spread: number, margin: number, comparisons: number): number {
  check("blocksToTell", "spread", spread, number(0));
  check("blocksToTell", "margin", margin, above(0));
  check("blocksToTell", "comparisons", comparisons, whole(1));
  const enough = (n: number) => {
    const t = (p: number) => studentQuantile(p, n - 1);
    return (t(1 - 0.025 / comparisons) + t(0.9)) * spread <= Math.log1p(margin) * Math.sqrt(n);
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
