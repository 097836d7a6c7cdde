import { check as argument, func, oneOf } from "../ground/options.ts";
import { capital } from "../ground/words.ts";
import { Markdown } from "../show/markdown.ts";
import { show } from "../show/show.ts";
import type { Result } from "./result.ts";
import { judge, type Judgement, type Task } from "./judge.ts";

/** The exercises there are, by name. */
const EXERCISES = {
  /** Chapter 1: all requests under way before the first wait. */
  together: { inFlight: Infinity },
  /** Chapter 2: two requests under way, then the next two. */
  pairs: { inFlight: 2 },
  /** Chapter 4: batches of four, one after the other. */
  four: { inFlight: 4 },
  /** Chapter 5: a limit that is kept, and made use of. */
  five: { inFlight: 5 },
  /** Chapter 7: three lanes that take from one list. */
  crew: { inFlight: 3 },
} as const satisfies Record<string, Task>;

const NAME = oneOf(...Object.keys(EXERCISES) as (keyof typeof EXERCISES)[]);

/**
 * Looks at an exercise and says how far it has come (not started, wrong type, keep working, almost,
 * correct), with the one thing to mend. It runs the solution against a pretended API, in well under
 * a second, and looks at what it does, never at its text. It never fails a run.
 *
 * ```ts
 * await check("together", () => together);
 * ```
 *
 * @param exercise its name
 * @param solution a function that gives the solution: so a cell that never ran can be told from a
 * wrong one
 */
export async function check(exercise: string, solution: () => unknown): Promise<void> {
  const { state, words } = await found("check", exercise, solution);
  await show(new Markdown(`**${state === "correct" ? "✓ " : ""}${capital(state)}.** ${words}`));
}

/**
 * What {@link check} would say, as data: for whoever marks many.
 *
 * ```ts
 * const { state, mistake, seconds } = await mark("together", () => together);
 * ```
 *
 * @param exercise its name
 * @param solution a function that gives the solution
 */
export async function mark(exercise: string, solution: () => unknown): Promise<Result> {
  return await found("mark", exercise, solution);
}

async function found(of: string, exercise: string, solution: () => unknown): Promise<Result> {
  const name = argument(of, "exercise", exercise, NAME);
  argument(of, "solution", solution, func());
  const begun = performance.now();
  const { state, words } = await look(solution, EXERCISES[name]);
  const seconds = (performance.now() - begun) / 1000;
  return { exercise, state, mistake: null, words, seconds };
}

/** What there is to say of what a thunk gives. */
export async function look(solution: () => unknown, task: Task): Promise<Judgement> {
  try {
    return await judge(solution(), task);
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { state: "not started", words: `The cell above has not run yet (${error.message}).` };
  }
}
