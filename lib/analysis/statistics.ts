/** The statistics that the lab's own figures rest on, for cells that want to look closer. */
export { random } from "../ground/random.ts";
export { blocksFor, holm, ratioInterval } from "./interval.ts";
export { deviation, mean, quantile } from "../ground/quantile.ts";
