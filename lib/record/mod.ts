/** `"lab/record"`: what outlives a kernel, and what else it might have been. */
export { openResults } from "./open_results.ts";
export { saveResults } from "./save_results.ts";
export { sensitivity } from "./sensitivity.ts";
