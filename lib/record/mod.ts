/** `"lab/record"`: what outlives a kernel, and your own code and API. */
export { openRecording } from "../recording/recording.ts";
export { openResults } from "./open_results.ts";
export { record } from "../recording/record.ts";
export { saveResults } from "./save_results.ts";
export { watch } from "../calls/watch.ts";
export { whatIf } from "../calls/what_if.ts";
