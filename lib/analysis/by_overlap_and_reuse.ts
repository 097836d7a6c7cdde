import type { Measured } from "../trial/measured.ts";
import { checkBlocks } from "./compare.ts";
import { geometric, idealOf } from "./ideal_of.ts";
import { ratioInterval } from "./interval.ts";
import { trialsOf } from "./trials_of.ts";

/** A cell of the panel: how many in flight × which connections. */
export interface PanelRow {
  readonly variant: string;
  readonly in_flight: string;
  readonly connections: string;
  /** Geometric mean over blocks, and its own 95 % interval, ms. */
  readonly time_ms: number;
  readonly low_ms: number;
  readonly high_ms: number;
  /** Geometric mean of the ideals, ms. */
  readonly ideal_ms: number;
}

/**
 * {1, 10, all} in flight × {new, kept} connections: overlap and reuse told apart.
 *
 * ```ts
 * await show(charts.panel(byOverlapAndReuse(results)));
 * ```
 *
 * Throws a RangeError where fewer than 2 blocks were measured.
 */
export function byOverlapAndReuse(results: Measured): PanelRow[] {
  checkBlocks("byOverlapAndReuse", results);
  return results.variants.map((variant) => {
    const trials = trialsOf(results, variant);
    const { concurrency, connections } = trials[0];
    const { ratio, low, high } = ratioInterval(trials.map((trial) => trial.makespan));
    return {
      variant,
      in_flight: concurrency === Infinity ? "all" : String(concurrency),
      connections,
      time_ms: ratio,
      low_ms: low,
      high_ms: high,
      ideal_ms: geometric(trials, idealOf),
    };
  });
}
