/** `"lab/lanes"`: the same loops on threads and in processes, and a trial in a process of its own. */
export { inFreshProcess } from "./fresh_process.ts";
export { processes, workers } from "./lanes.ts";
export type { LaneOptions } from "./lanes.ts";
