/**
 * Rows to Vega-Lite specs, one idiom a file. Pure: no statistics beyond what drawing needs.
 *
 * ```ts
 * await show(charts.times(results.trials, { title: "All at once takes a thirtieth of the time" }));
 * ```
 */
export { shares, type SharesOptions, study } from "./bars.ts";
export type { Chart, ChartOptions } from "./chart.ts";
export { costs } from "./costs.ts";
export { lanes } from "./lanes.ts";
export { loops, type LoopsOptions } from "./loops.ts";
export { ratios } from "./ratios.ts";
export { replication, type ReplicationOptions } from "./replication.ts";
export type { Rows } from "./rows.ts";
export { scaling, type ScalingOptions } from "./scaling.ts";
export { timeline, type TimelineOptions } from "./timeline.ts";
export { times, type TimesOptions } from "./times.ts";
