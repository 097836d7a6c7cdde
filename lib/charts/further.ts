/**
 * `"lab/charts"`: charts that answer a question of their own, beside those that most chapters draw,
 * which are `charts` of `"lab"`.
 *
 * ```ts
 * await show(heatmap(cells, { x: "lanes", y: "pages", value: "time ÷ ours", ratios: true }));
 * ```
 */
export { heatmap, type HeatmapOptions } from "./heatmap.ts";
export { inFlight } from "./in_flight.ts";
export { order } from "./order.ts";
export { sensitivity } from "./sensitivity.ts";
