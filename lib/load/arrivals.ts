import { random } from "../ground/random.ts";

/**
 * When visitors come who know nothing of each other, ms from the start: a Poisson process, whose gaps
 * are exponential with mean 1/rate (S. D. Poisson, 1837). The same seed gives the same visits.
 *
 * @param rate a second
 * @param duration ms: nobody comes later
 */
export function arrivals(rate: number, duration: number, seed: number): number[] {
  const next = random(seed);
  const gap = () => -1000 / rate * Math.log(1 - next());
  const visits: number[] = [];
  for (let at = gap(); at < duration; at += gap()) visits.push(at);
  return visits;
}
