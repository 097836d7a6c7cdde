/** `"lab/limits"`: how much at once, how often, and how many times again. */
export { adaptive } from "./adaptive.ts";
export { rateLimited } from "./rate_limited.ts";
export { retrying } from "./retrying.ts";
export type { AdaptiveOptions } from "./adaptive.ts";
export type { RetryOptions } from "./retrying.ts";
