/** `"lab/record"`: what outlives a kernel, and your own code and API. */
export { watch } from "../calls/watch.ts";
export { openResults } from "./open_results.ts";
export { saveResults } from "./save_results.ts";
export { whatIf } from "../calls/what_if.ts";
