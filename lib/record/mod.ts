/** `"lab/record"`: what outlives a kernel, and your own code and API. */
export { openRecording } from "../recording/recording.ts";
export { record } from "../recording/record.ts";
export { openResults, saveResults } from "./results_file.ts";
export { watch } from "../calls/watch.ts";
export { whatIf } from "../calls/what_if.ts";
