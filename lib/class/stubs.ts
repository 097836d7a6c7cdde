import type { ExerciseName } from "./exercises.ts";
import { bare } from "./source.ts";

/**
 * Stubs that do something already: their code, without types, and what to ask whoever has not changed
 * it yet. (A stub that answers `null`, or asks for nothing, and uses nothing of what it is given, is known by that.)
 */
const STUBS: Partial<Record<ExerciseName, readonly [code: string, question: string]>> = {
  brackets: [
    `async (paths, get) => {
      const names = [];
      for (const path of paths) names.push(await get(path).name);
      return names;
    }`,
    "Every name is `undefined`. Whom does your line ask for its name: the document, or the promise?",
  ],
  countRead: [
    `(responses) => {
      let read = 0;
      responses.values().map((each) => each.bodyUsed && read++);
      return read;
    }`,
    "It always says 0. Who goes through what `map` gives you?",
  ],
  body: [
    `async (held, path, signal) => {
      const { statusCode, body } = await held.request({ path, method: "GET", signal });
      return statusCode;
    }`,
    "Two of four requests get through. What do the other two wait for?",
  ],
  verdict: [
    `(low, high, margin) => { return "can't tell"; }`,
    "It can’t tell anything yet. What would you ask first?",
  ],
};

/** What to ask whoever has left an exercise's stub as it is; `null`: it was changed. */
export function untouched(exercise: ExerciseName, solution: unknown): string | null {
  const [code, question] = STUBS[exercise] ?? [];
  return code !== undefined && bare(solution) === bare(code) ? question! : null;
}
