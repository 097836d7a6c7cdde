/** `"lab/record"`: what outlives a kernel, and what else it might have been. */
export { openResults } from "../analysis/open_results.ts";
export { saveResults } from "../analysis/save_results.ts";
export { sensitivity } from "../analysis/sensitivity.ts";
