/** Rows to Vega-Lite specs, one idiom a file. Pure: no statistics beyond what drawing needs. */
export type { Chart, ChartOptions } from "./chart.ts";
export type { Rows } from "./rows.ts";
export { inFlight } from "./in_flight.ts";
export { makespans, type MakespansOptions } from "./makespans.ts";
export { timeline, type TimelineOptions } from "./timeline.ts";
