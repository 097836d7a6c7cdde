import { type LaneOptions, type LaneVariant, laneVariant } from "./lane_variant.ts";
import { workerLane } from "./worker_lane.ts";

/**
 * n threads (Web Workers) that take from one queue of paths, each the next as soon as its last
 * answer is here, with a connection of its own: a pool of threads with blocking calls.
 *
 * They are started before the clock, unless `startInside`, and are gone after the trial. CPU and
 * memory are the whole process's, for threads have none of their own.
 *
 * @throws {TypeError | RangeError} naming n or an option that is wrong, and its value
 */
export const workers = (n: number, options: LaneOptions = {}): LaneVariant =>
  laneVariant({ word: "workers", start: workerLane, measuredIn: "caller's process" }, n, options);
