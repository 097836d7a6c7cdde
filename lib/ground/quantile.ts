import { check, number } from "./options.ts";

const SHARE = number(0, 1);

/**
 * The q-quantile by linear interpolation between order statistics: type 7 of R. J. Hyndman and
 * Y. Fan (1996, The American Statistician 50, 361–365), as pandas, numpy and R have it by default.
 *
 * @param values in any order; NaN are left out. NaN where none is left.
 * @param q from 0 to 1
 */
export function quantile(values: readonly number[], q: number): number {
  check("quantile", "q", q, SHARE);
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  if (sorted.length === 0) return NaN;
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** The arithmetic mean; NaN where there is nothing. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The sample standard deviation, with n − 1; NaN below two values. */
export function deviation(values: readonly number[]): number {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return values.length < 2 ? NaN : Math.sqrt(squares / (values.length - 1));
}
