/** `"lab/class"`: guess first, look afterwards; and exercises that name the mistake. */
export { check } from "./check.ts";
export { predict } from "./predict.ts";
export { reveal } from "./reveal.ts";
export type { Guesses } from "./guesses.ts";
