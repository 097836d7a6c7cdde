/** `"lab/record"`: what outlives a kernel. */
export { openResults } from "./open_results.ts";
export { saveResults } from "./save_results.ts";
