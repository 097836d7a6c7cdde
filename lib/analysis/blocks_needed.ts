import type { Results } from "../experiment/results.ts";
import { bar, estimate } from "./estimate.ts";
import { blocksFor } from "./interval.ts";

/** How many blocks would show an effect on one variant. */
export interface BlocksNeeded {
  readonly variant: string;
  /** The ratio to the baseline that is asked about. */
  readonly effect: number;
  /** Standard deviation of its log ratios in the blocks measured. */
  readonly spread: number;
  /** Blocks in which it would be ranked four times in five. */
  readonly blocks: number;
}

/**
 * How many blocks an experiment like this one would need to see a true ratio `effect` to the
 * baseline (1.05: 5 % slower), for each variant but the baseline, from how far its blocks lie apart.
 * An estimate from an estimate: of few blocks, take it as an order of size.
 *
 * Throws a RangeError where the effect is no positive number or is 1, which no number would show.
 */
export function blocksNeeded(results: Results, effect: number): BlocksNeeded[] {
  if (!(effect > 0 && effect < Infinity) || effect === 1) {
    throw new RangeError(
      `blocksNeeded: effect must be a ratio above 0 and not 1, such as 1.05; got ${effect}`,
    );
  }
  const height = bar(results);
  return estimate(results).filter((row) => row.verdict !== "baseline").map((row) => ({
    variant: row.variant,
    effect,
    spread: row.spread,
    blocks: blocksFor(effect, row.spread, height),
  }));
}
