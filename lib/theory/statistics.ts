/**
 * The statistics that the lab's own figures rest on, for cells that want to look closer.
 *
 * ```ts
 * statistics.ratioInterval([0.31, 0.34, 0.33, 0.32]); // { ratio: 0.325, low: 0.30, high: 0.35, … }
 * ```
 */
export { random } from "../ground/random.ts";
export { deviation, mean, quantile } from "../ground/quantile.ts";
export { blocksToTell } from "../analysis/blocks_to_tell.ts";
export { ratioInterval } from "../analysis/interval.ts";
export { studentQuantile } from "../analysis/student.ts";
export { verdictOf } from "../analysis/verdict.ts";
