/** `"lab/theory"`: what the lab's figures rest on, to compute with; nothing here sends a request. */
export * as ideal from "../ideal/mod.ts";
export { idealRatiosOver } from "./ideal_ratios_over.ts";
export * as statistics from "./statistics.ts";
