/**
 * Quantile of type 7 (linear between order statistics), as NumPy, pandas and R have it by default.
 * NaN where there are no values. Source: Hyndman and Fan (1996), definition 7.
 */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place), above = Math.ceil(place);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** The middle value: the quantile at a half. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
