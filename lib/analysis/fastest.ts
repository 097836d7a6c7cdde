import type { Trial } from "../trial/trial.ts";
import { trialsOf } from "./trials_of.ts";

/**
 * The trial with the shortest makespan, of one variant where one is named. What disturbs a machine
 * only ever adds to a time, so of several passes over the same draws the fastest is the least
 * disturbed. Passes over different draws are refused: the fastest of those is the luckiest. For
 * those, such as the blocks of an experiment, there is `atBest`.
 *
 * ```ts
 * fastest(passes).makespan; // ms, of the least disturbed
 * ```
 *
 * Throws a RangeError where there is no such trial, and for passes of different draws.
 */
export function fastest(trials: readonly Trial[], variant?: string): Trial {
  const among = variant === undefined ? trials : trialsOf({ passes: trials }, variant);
  if (among.length === 0) throw new RangeError("fastest: there are no trials to choose from");
  if (new Set(among.map(draws)).size > 1) {
    throw new RangeError(
      "fastest: trials must be of the same draws (seed, paths and origin), not of several; " +
        "atBest(results, variant, baseline) compares variants over all blocks",
    );
  }
  return among.reduce((best, each) => each.makespan < best.makespan ? each : best);
}

/** What a pass' service times are drawn from. */
function draws({ seed, origin: { config }, samples: { path } }: Trial): string {
  return JSON.stringify([seed, config.seed, config.median, config.sigma, path.toSorted()]);
}
