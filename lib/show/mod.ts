/** Showing things: in a notebook, or as text. */
export { Markdown, markdown } from "./markdown.ts";
export { type Progress, progress } from "./progress.ts";
export { show, type ShowOptions } from "./show.ts";
