import { check, refuse, whole } from "../ground/options.ts";

/** Student's t distribution, for intervals of means of few blocks. */

/**
 * P(T ≤ t) with `freedom` degrees of freedom ν, a whole number from 1 up: (1 + A)/2 with θ = arctan(t/√ν)
 * and, for even ν, A = sin θ · (1 + 1/2 cos² θ + 1·3/(2·4) cos⁴ θ + …) up to cos^(ν − 2) θ, for odd ν
 * A = 2/π · (θ + sin θ · (cos θ + 2/3 cos³ θ + …)) up to that (M. Abramowitz and I. Stegun, 1964, 26.7.3
 * and 26.7.4).
 */
export function studentCdf(t: number, freedom: number): number {
  const theta = Math.atan(t / Math.sqrt(freedom));
  const [sine, cosine] = [Math.sin(theta), Math.cos(theta)];
  const odd = freedom % 2 === 1;
  let [sum, term] = [0, odd ? cosine : 1];
  for (let n = odd ? 3 : 2; n <= freedom; n += 2) {
    sum += term;
    term *= cosine * cosine * (n - 1) / n;
  }
  return (1 + (odd ? 2 / Math.PI * (theta + sine * sum) : sine * sum)) / 2;
}

/** The t below which lies the share `p` (from 0.5 to below 1), by bisection of the CDF to 1e-12; to 1e-8 beyond {@link FAR}. */
export function studentQuantile(p: number, freedom: number): number {
  const known = QUANTILES.get(freedom)?.get(p);
  if (known !== undefined) return known;
  if (!(p >= 0.5 && p < 1)) refuse("studentQuantile", "p", "from 0.5 to below 1", p);
  check("studentQuantile", "freedom", freedom, whole(1));
  if (freedom > FAR) {
    // A series in 1/ν (26.7.5 there), of which three smaller ν tell enough.
    const x = FAR / freedom;
    const [one, two, four] = [1, 2, 4].map((part) => studentQuantile(p, FAR / part));
    return (one * (x - 2) * (x - 4) / 3) - (two * (x - 1) * (x - 4) / 2) +
      (four * (x - 1) * (x - 2) / 6);
  }
  let [low, high] = [0, 1];
  while (studentCdf(high, freedom) < p) high *= 2;
  while (high - low > 1e-12 * Math.max(1, high)) {
    const middle = (low + high) / 2;
    if (studentCdf(middle, freedom) < p) low = middle;
    else high = middle;
  }
  QUANTILES.set(freedom, (QUANTILES.get(freedom) ?? new Map()).set(p, (low + high) / 2));
  return (low + high) / 2;
}

/** Up to so many degrees of freedom the sum is worked out. */
const FAR = 4_000;
/** Those found before, by freedom and p: a simulation asks for the same few many thousand times. */
const QUANTILES = new Map<number, Map<number, number>>();
