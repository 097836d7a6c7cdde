import { above, check, refuse } from "../ground/options.ts";

/** Student's t distribution, for intervals of means of few blocks. */

/**
 * P(T ≤ t) with `freedom` degrees of freedom, through the regularised incomplete beta function:
 * 1 − I(ν/(ν + t²); ν/2, 1/2)/2 for t ≥ 0 (M. Abramowitz and I. Stegun, 1964, 26.7.1 and 26.5.27).
 */
export function studentCdf(t: number, freedom: number): number {
  const tail = incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
  return t >= 0 ? 1 - tail : tail;
}

/** The t below which lies the share `p` (from 0.5 to below 1), by bisection of the CDF to 1e-12. */
export function studentQuantile(p: number, freedom: number): number {
  if (!(p >= 0.5 && p < 1)) refuse("studentQuantile", "p", "from 0.5 to below 1", p);
  check("studentQuantile", "freedom", freedom, above(0));
  const key = `${p} ${freedom}`;
  const known = QUANTILES.get(key);
  if (known !== undefined) return known;
  let [low, high] = [0, 1];
  while (studentCdf(high, freedom) < p) high *= 2;
  while (high - low > 1e-12 * Math.max(1, high)) {
    const middle = (low + high) / 2;
    if (studentCdf(middle, freedom) < p) low = middle;
    else high = middle;
  }
  QUANTILES.set(key, (low + high) / 2);
  return (low + high) / 2;
}

/** Those found before: a simulation asks for the same few many thousand times. */
const QUANTILES = new Map<string, number>();

/** ln Γ(x), x > 0: C. Lanczos (1964), with the g = 7, n = 9 coefficients; relative error 1e-15. */
function logGamma(x: number): number {
  const series = LANCZOS.reduce((sum, c, i) => sum + c / (x + i), 0.99999999999980993);
  const base = x + 6.5;
  return (x - 0.5) * Math.log(base) - base + Math.log(Math.sqrt(2 * Math.PI) * series);
}

const LANCZOS = [
  676.5203681218851,
  -1259.1392167224028,
  771.32342877765313,
  -176.61502916214059,
  12.507343278686905,
  -0.13857109526572012,
  9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/** I(x; a, b) by its continued fraction (modified Lentz; DLMF 8.17.22), from the side that converges. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x),
  ) / a;
  const tiny = 1e-300;
  let [c, d, fraction] = [1, 0, 1];
  for (let i = 0; i <= 500; i++) {
    const m = i >> 1;
    const term = i === 0
      ? 1
      : i % 2 === 0
      ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + term * d || tiny);
    c = 1 + term / c || tiny;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * (fraction - 1);
}
