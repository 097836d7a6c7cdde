/** How fast a pass could have gone, from its service times alone; nothing here sends a request. */
export { lowerBound } from "./bounds.ts";
export { drawn, expected } from "./expected.ts";
export { erlangC, inFlight, knee, scalability, sigmaOf } from "./queueing.ts";
export { chunkedIdeal, idealTime } from "./schedule.ts";
export type { Work } from "./schedule.ts";
