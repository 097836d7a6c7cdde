import type { Trial } from "../trial/trial.ts";
import type { Measured } from "../trial/measured.ts";
import { drawnIdealOf, geometric } from "./ideal_of.ts";
import { trialsOf } from "./trials_of.ts";

/** With fewer, one stall may meet them all. */
const FEWEST = 3;

/**
 * How the times of two variants compare in their least disturbed passes: what claims rest on. With T
 * a pass' time and D its ideal time as drawn,
 *
 *     min over passes of A (T/D) ÷ min over passes of B (T/D) × geometric mean of D(A) ÷ D(B)
 *
 * What disturbs a machine only adds to a time, so the least is nearest to the truth; dividing by the
 * ideal makes passes of different draws comparable: the ideal as drawn, since a machine that stops
 * lengthens service times too, and with them the ideal as served. A claim that must hold on a busy
 * machine takes 3 passes and a bound at least 1.5 times from the ratio expected, or 5 passes and 1.25
 * times. It never rests on a verdict, which may rightly be "can't tell".
 *
 * ```ts
 * claim("the kept connection takes off more than half", atBest(results, "naive/kept", "naive/new") < 0.5);
 * ```
 *
 * @param measured an experiment's results, or trials
 * @throws {RangeError} where a variant has fewer than 3 passes, or is not there
 */
export function atBest(
  measured: readonly Trial[] | Pick<Measured, "passes">,
  variant: string,
  baseline: string,
): number {
  const passes = "passes" in measured ? measured.passes : measured;
  const [ours, theirs] = [variant, baseline].map((name) => {
    const trials = trialsOf({ passes }, name);
    if (trials.length >= FEWEST) return trials;
    throw new RangeError(
      `atBest: "${name}" must have 3 passes or more, so that one stall does not meet them all, ` +
        `not ${trials.length}`,
    );
  });
  const least = (trials: readonly Trial[]) =>
    trials.reduce((min, trial) => Math.min(min, trial.makespan / drawnIdealOf(trial)), Infinity);
  return least(ours) / least(theirs) * geometric(ours, drawnIdealOf) /
    geometric(theirs, drawnIdealOf);
}
