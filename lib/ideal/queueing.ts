import { check, refuse, whole } from "../ground/options.ts";

/**
 * The probability that an arrival waits, with c servers, λ arrivals and μ services a second, each
 * memoryless, and the mean wait in seconds (A. K. Erlang, 1917). Through Erlang B by its recursion,
 * which does not overflow. Throws a RangeError unless c is a whole number from 1 and λ < cμ.
 */
export function erlangC(c: number, lambda: number, mu: number): { wait: number; mean: number } {
  check("erlangC", "c", c, whole(1));
  if (!(lambda >= 0 && lambda < c * mu)) {
    refuse("erlangC", "λ", `from 0 to below cμ = ${c * mu}, or the queue grows`, lambda);
  }
  const load = lambda / mu;
  let blocked = 1;
  for (let n = 1; n <= c; n++) blocked = load * blocked / (n + load * blocked);
  const wait = blocked / (1 - (load / c) * (1 - blocked));
  return { wait, mean: wait / (c * mu - lambda) };
}

/** In flight on average: throughput (per second) × time in the system (s) (J. D. C. Little, 1961). */
export const meanInFlight = (throughput: number, residence: number): number =>
  throughput * residence;

/**
 * The concurrency from which an origin with `capacity` places is busy, and more only queues:
 * C* = K(D + S)/S, with the delay D before service and the service S in one unit.
 */
export const knee = (capacity: number, delay: number, service: number): number =>
  capacity * (delay + service) / service;

/**
 * Universal Scalability Law (N. J. Gunther, 1993): throughput at N, X(N) = λN/(1 + σ(N−1) + κN(N−1)),
 * λ the throughput at 1, σ contention, κ coherency.
 */
export const scalability = (n: number, lambda: number, sigma: number, kappa: number): number =>
  lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));

/** σ of a lognormal distribution from its mean and median: √(2 ln(mean/median)). */
export function sigmaOf(mean: number, median: number): number {
  if (!(mean >= median && median > 0)) {
    refuse("sigmaOf", "mean", `at least the median, ${median}, and that above 0`, mean);
  }
  return Math.sqrt(2 * Math.log(mean / median));
}
