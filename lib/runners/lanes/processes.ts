import { type LaneOptions, type LaneVariant, laneVariant } from "./lane_variant.ts";
import { processLane } from "./process_lane.ts";
import { runLanes } from "./run_lanes.ts";

const lanes = { start: processLane, apart: true, onAnswer() {} };

/**
 * n processes of Deno that take from one queue of paths, each handed the next as soon as its last
 * answer is here, with a connection of its own: a pool of processes with blocking calls.
 *
 * They are started before the clock, unless `startInside`, and are gone after the trial, and when
 * this process dies. CPU and peak memory are the sum over them; pages that they share count in each.
 *
 * @throws {TypeError | RangeError} naming n or an option that is wrong, and its value
 */
export const processes = (n: number, options: LaneOptions = {}): LaneVariant =>
  laneVariant(
    {
      word: "processes",
      run: (shape, task, onReady) => runLanes({ shape, ...lanes }, task, onReady),
    },
    n,
    options,
  );
