import { count } from "../ground/words.ts";
import type { State } from "./result.ts";
import { FAILURE, NAMES, PATHS, type Rehearsal, rehearse } from "./rehearse.ts";

/** A state, and the one thing to mend in words. */
export interface Judgement {
  readonly state: State;
  readonly words: string;
}

/** What a strategy has to do to be right. */
export interface Task {
  /** Requests that are to be under way at once; Infinity: all. */
  readonly inFlight: number;
}

/**
 * What there is to say of a solution. It is run, never read: how many requests were under way at
 * once, what came back, in what order, and what became of a request that failed.
 */
export async function judge(solution: unknown, task: Task): Promise<Judgement> {
  if (solution === undefined || solution === null) return said("not started", "Nothing here yet.");
  if (typeof solution !== "function") return said("wrong type", wrongType(solution));
  const seen = await rehearse(solution);
  const wrong = mistake(seen, task);
  if (wrong) return wrong;
  const failing = await rehearse(solution, PATHS[5]);
  if (failing.thrown === null) {
    return said(
      "almost",
      "All is well as long as every request is. When one failed, it went on as if nothing had " +
        "happened: let the error through, or nobody will know.",
    );
  }
  return said(
    "correct",
    `${count(seen.asked, "request")}, at most ${seen.peak} at once, every name in its place.`,
  );
}

/** The first thing that is wrong, from the coarse to the fine; `null` where all is right. */
function mistake(seen: Rehearsal, { inFlight }: Task): Judgement | null {
  const { asked, peak, promised, returned, thrown, unanswered, stuck } = seen;
  const working = (words: string) => said("keep working", words);
  if (stuck) {
    return working("It never came back: it awaits something that nothing ever resolves.");
  }
  if (thrown) return working(`It threw an error: ${message(thrown.error)}`);
  const empty = returned === undefined || (Array.isArray(returned) && returned.length === 0);
  if (asked === 0 && empty) return said("not started", "It does not ask for anything yet.");
  if (asked === 0) return working("It never calls `get`, so nothing was asked for.");
  if (!Array.isArray(returned)) {
    return unanswered > 0
      ? working(
        `It came back while ${
          count(unanswered, "request")
        } were still under way, and without the ` +
          "names. Has it a `return`? And `forEach` calls its function and forgets what that " +
          "returns, so it waits for nobody: use `map`, and await what it gives you.",
      )
      : working(`It returned ${kind(returned)}, where a list of names is wanted.`);
  }
  const pending = returned.findIndex((each) => typeof each?.then === "function");
  if (pending !== -1) {
    return working(
      `Item ${pending} of the list is a promise, not a name: nobody has awaited it. ` +
        "`Promise.all` turns a list of promises into one promise of a list.",
    );
  }
  if (returned.length > 0 && returned.every((name) => name === undefined)) {
    return working(
      "Every name is `undefined`. A promise has no name, only its document has: " +
        "`await get(path).name` takes the name of the *promise*; write `(await get(path)).name`.",
    );
  }
  if (unanswered > 0) {
    return working(`It came back while ${count(unanswered, "request")} were still under way.`);
  }
  if (!promised) return working("It has to return a promise: make the function `async`.");
  if (asked !== PATHS.length || returned.length !== PATHS.length) {
    return working(
      `For ${PATHS.length} paths it made ${count(asked, "request")} and returned ` +
        `${count(returned.length, "name")}.`,
    );
  }
  if (peak < Math.min(inFlight, PATHS.length)) {
    return working(
      peak === 1
        ? "It works, one request at a time: each is awaited before the next one is made. Make " +
          `${inFlight === Infinity ? "them all" : `${inFlight} of them`} first; await afterwards.`
        : `At most ${peak} requests were under way at once, where ` +
          `${inFlight === Infinity ? "all of them" : inFlight} should be.`,
    );
  }
  if (peak > inFlight) {
    return working(`${peak} requests were under way at once, where ${inFlight} may be.`);
  }
  if (returned.every((name, i) => name === NAMES[i])) return null;
  if (returned.every((name) => NAMES.includes(name))) {
    return said(
      "almost",
      "All names are there, in the order in which the answers came. They are wanted in the order " +
        "of the paths.",
    );
  }
  const documents = returned.every((each) => NAMES.includes(each?.name));
  return documents
    ? said("almost", "It returns whole documents; their names are wanted.")
    : working(`The first item should be ${JSON.stringify(NAMES[0])}, not ${kind(returned[0])}.`);
}

const said = (state: State, words: string): Judgement => ({ state, words });

function wrongType(solution: unknown): string {
  const promise = typeof (solution as PromiseLike<unknown>).then === "function";
  return promise
    ? "This is a promise: the function was called already. Give its name, without the brackets."
    : `This has to be a function of paths and get, not ${kind(solution)}.`;
}

function message(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message.replace(FAILURE, "…")}`;
  return Deno.inspect(error, { depth: 1 });
}

/** What kind of thing it is, with its value where that is short. */
function kind(value: unknown): string {
  if (value === undefined || value === null) return `\`${value}\``;
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "an object";
  return typeof value === "function" ? "a function" : `\`${Deno.inspect(value).slice(0, 60)}\``;
}
