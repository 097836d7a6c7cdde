import { type LaneOptions, type LaneVariant, laneVariant } from "./lane_variant.ts";
import { runThreads } from "./run_threads.ts";

/**
 * n threads (Web Workers) that take from one queue of paths, each the next as soon as its last
 * answer is here, with a connection of its own: a pool of threads with blocking calls.
 *
 * They live in a process of their own, which is plain Deno and not a notebook's kernel. They are
 * started before the clock, unless `startInside`, and are gone after the trial, and when this
 * process dies. CPU and peak memory are of the process that holds them.
 *
 * @throws {TypeError | RangeError} naming n or an option that is wrong, and its value
 */
export const workers = (n: number, options: LaneOptions = {}): LaneVariant =>
  laneVariant({ word: "workers", run: runThreads }, n, options);
