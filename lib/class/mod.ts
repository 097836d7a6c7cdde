/**
 * `"lab/class"`: guess first, look afterwards; and exercises that name the mistake.
 *
 * In a chapter an exercise is a cell tagged `exercise` that declares one name, with its solution
 * between `// BEGIN SOLUTION` and `// END SOLUTION` and its stub in comments `// STUB: …` right after
 * (a line each); the cells `check`, `hint` and `notes` come after it. An exercise cell and its check
 * use nothing of the chapter but what other exercise cells declare, types and, where a frame is
 * asked, `pl`: so they run as a module of their own. There `mark`, called as `check` is, returns the
 * {@link Result} instead of showing it. Nothing here loads Polars until a frame is asked.
 */
export { check, mark } from "./check.ts";
export { predict } from "./predict.ts";
export { reveal } from "./reveal.ts";
export type { Guesses } from "./predict.ts";
export type { Result, State } from "./result.ts";
