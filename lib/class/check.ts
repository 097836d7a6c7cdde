import { check as argument, func, oneOf } from "../ground/options.ts";
import { capital } from "../ground/words.ts";
import { Markdown } from "../show/markdown.ts";
import { provisional } from "../show/provisional.ts";
import { type ExerciseName, EXERCISES } from "./exercises.ts";
import { ends } from "./guard.ts";
import { type Finding, kindOf, type Result, said, threw, working, wrongType } from "./result.ts";
import { untouched } from "./stubs.ts";
import { Interrupted, unbroken } from "./unbroken.ts";

const NAME = oneOf(...Object.keys(EXERCISES) as ExerciseName[]);

/**
 * Looks at an exercise and says how far it has come (not started, wrong type, keep working, almost,
 * correct), with the one thing to mend. It runs the solution against a pretended API, in well under
 * a second, and looks at what it does; at its text only to see whether it was changed. It never fails a run.
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
  await provisional(async (say) => {
    const careful = () => say(new Markdown(CAREFUL));
    const { state, words } = await found("check", exercise, solution, careful);
    return new Markdown(`**${state === "correct" ? "✓ " : ""}${capital(state)}.** ${words}`);
  });
}

const CAREFUL = "Checking … (If this goes on for more than a few seconds, a loop of yours does " +
  "not end: press *Interrupt*, ■, and look for what should end it.)";

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
  return await found("mark", exercise, solution, async () => {});
}

/** What there is to say; `careful` is called before what could go on for ever is run. */
async function found(
  of: string,
  exercise: string,
  solution: () => unknown,
  careful: () => Promise<void>,
): Promise<Result> {
  const name = argument(of, "exercise", exercise, NAME);
  argument(of, "solution", solution, func());
  const begun = performance.now();
  const finding = await look(name, solution, careful);
  return { exercise, ...finding, seconds: (performance.now() - begun) / 1000 };
}

async function look(
  name: ExerciseName,
  thunk: () => unknown,
  careful: () => Promise<void>,
): Promise<Finding> {
  const { wants, runs, judge } = EXERCISES[name];
  let solution: unknown;
  try {
    solution = thunk();
  } catch (error) {
    if (!(error instanceof ReferenceError)) return threw(error);
    return said("not started", `The cell above has not run yet (${error.message}).`);
  }
  if (solution === undefined || solution === null) return said("not started", "Nothing here yet.");
  if (runs && typeof solution !== "function") {
    return kindOf(solution) !== "a promise" ? wrongType(solution, wants) : said(
      "wrong type",
      "This is a promise: the function was called already. Give its name, without the brackets.",
      "wrong type",
    );
  }
  const question = untouched(name, solution);
  if (question !== null) return said("not started", question);
  if (runs) {
    const end = await ends(name, solution);
    if (end === false) {
      return working(
        "endless loop",
        "It never comes to an end: a loop in it goes round for ever. What should make its condition " +
          "false? (In a cell of its own you would have to press *Interrupt*, ■.)",
      );
    }
    if (end === null) await careful();
  }
  try {
    return await unbroken(() => judge(solution));
  } catch (error) {
    if (!(error instanceof Interrupted)) return threw(error); // what is looked at may throw
    return working("endless loop", "You interrupted it. A loop in it went round for ever.");
  }
}
