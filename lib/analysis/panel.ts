import type { Results } from "../experiment/results.ts";
import { checkBlocks, idealOf, of } from "./estimate.ts";
import { ratioInterval } from "./interval.ts";

/** A cell of the panel: how many in flight × which connections. */
export interface PanelRow {
  readonly variant: string;
  readonly in_flight: string;
  readonly connections: string;
  /** Geometric mean over blocks, and its 95 % interval, ms. */
  readonly time_ms: number;
  readonly low_ms: number;
  readonly high_ms: number;
  /** Geometric mean of the limits, ms. */
  readonly ideal_ms: number;
}

/**
 * {1, 10, all} in flight × {new, kept} connections: overlap and reuse told apart.
 *
 * Throws a RangeError where fewer than 2 blocks were measured, and for a variant without trials.
 */
export function panel(results: Results): PanelRow[] {
  checkBlocks(results);
  return results.variants.map((variant) => {
    const trials = of(results, variant);
    const { concurrency, connections } = trials[0];
    const { ratio, low, high } = ratioInterval(trials.map((trial) => trial.makespan), 0.95);
    return {
      variant,
      in_flight: concurrency === Infinity ? "all" : String(concurrency),
      connections,
      time_ms: ratio,
      low_ms: low,
      high_ms: high,
      ideal_ms: ratioInterval(trials.map(idealOf), 0.95).ratio,
    };
  });
}
