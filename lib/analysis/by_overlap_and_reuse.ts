import type { Measured } from "../trial/measured.ts";
import { checkBlocks } from "./compare.ts";
import { geometric, idealOf } from "./ideal_of.ts";
import { ratioInterval } from "./interval.ts";
import { trialsOf } from "./trials_of.ts";

/** A variant's time by its overlap and its connections, as `charts.scaling` draws it. */
export interface OverlapRow {
  readonly variant: string;
  /** "new connections" or "kept connections". */
  readonly series: string;
  /** Requests in flight: the concurrency, or all of them. */
  readonly x: number;
  /** Time, geometric mean over blocks, and its own 95 % interval, ms. */
  readonly y: number;
  readonly low: number;
  readonly high: number;
  /** Geometric mean of the ideals, ms. */
  readonly ideal: number;
}

/**
 * {1, 10, all} in flight × {new, kept} connections: what overlap does is along a line, what reuse
 * does is from line to line.
 *
 * ```ts
 * await show(charts.scaling(byOverlapAndReuse(results), { x: "requests in flight", y: "time, ms" }));
 * ```
 *
 * Throws a RangeError where fewer than 2 blocks were measured.
 */
export function byOverlapAndReuse(results: Measured): OverlapRow[] {
  checkBlocks("byOverlapAndReuse", results);
  return results.variants.map((variant) => {
    const trials = trialsOf(results, variant);
    const [{ concurrency, connections, samples }] = trials;
    const { ratio, low, high } = ratioInterval(trials.map((trial) => trial.makespan));
    return {
      variant,
      series: `${connections} connections`,
      x: Math.min(concurrency, samples.path.length),
      ...{ y: ratio, low, high, ideal: geometric(trials, idealOf) },
    };
  });
}
