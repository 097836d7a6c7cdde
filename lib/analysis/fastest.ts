import type { Trial } from "../trial/trial.ts";
import { of } from "./estimate.ts";

/**
 * The trial with the shortest makespan, of one variant where one is named. What disturbs a machine
 * only ever adds to a time, so of several passes over the same draws the fastest is the least
 * disturbed. A claim that has to hold on a busy machine, too, compares those; how far passes lie
 * apart is for `estimate`.
 *
 * Throws a RangeError where there is no such trial.
 */
export function fastest(trials: readonly Trial[], variant?: string): Trial {
  const among = variant === undefined ? trials : of({ trials }, variant);
  if (among.length === 0) throw new RangeError("no trials to find the fastest of");
  return among.reduce((best, each) => each.makespan < best.makespan ? each : best);
}
