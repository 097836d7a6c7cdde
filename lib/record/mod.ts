/** `"lab/record"`: what outlives a kernel, and what else it might have been. */
export { openResults } from "./open_results.ts";
export { saveResults } from "./save_results.ts";
export { idealRatiosOver } from "./ideal_ratios_over.ts";
