/**
 * How fast a pass could have gone, from its service times alone; nothing here sends a request.
 *
 * ```ts
 * ideal.knee(10, 119, 45); // from how much concurrency on an origin with ten places is busy
 * ```
 */
export { lowerBound, rateBound } from "./bounds.ts";
export { chunkedIdeal } from "./chunked.ts";
export { drawn, expected } from "./expected.ts";
export { erlangC, knee, meanInFlight, scalability, sigmaOf } from "./queueing.ts";
export { idealTime } from "./schedule.ts";
export type { Work } from "./schedule.ts";
