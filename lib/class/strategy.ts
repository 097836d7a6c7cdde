import { count } from "../ground/words.ts";
import { BUDGET, FAILURE, NAMES, PATHS, type Rehearsal, rehearse } from "./rehearse.ts";
import {
  type Exercise,
  type Finding,
  kindOf,
  quoted,
  said,
  thrownWords,
  working,
} from "./result.ts";
import { schedule, type Task } from "./schedule.ts";
import { uses } from "./source.ts";

/**
 * An exercise that asks for a strategy. It is run, never read: how many requests were under way at
 * once, when the next one started, what came back, in what order, and what became of a request that
 * failed.
 */
export function strategy(task: Task): Exercise {
  return {
    wants: "a function of paths and get",
    runs: true,
    async judge(solution) {
      const seen = await rehearse(solution, task.inFlight, null);
      const wrong = nothing(seen, solution) ?? outcome(seen, solution) ?? names(seen) ??
        schedule(seen, task) ??
        order(seen);
      if (wrong) return wrong;
      if (task.take && seen.took < PATHS.length) {
        return working("document kept", "The promises hold whole documents: give `get` a `take`.");
      }
      return failure(await rehearse(solution, task.inFlight, PATHS[5])) ?? said(
        "correct",
        `${
          count(seen.asked.length, "request")
        }, at most ${seen.peak} at once, every name in its place.`,
      );
    },
  };
}

/** Nothing that anybody has written. */
function nothing(seen: Rehearsal, solution: unknown): Finding | null {
  const { asked, returned, thrown, tried, stuck } = seen;
  const empty = returned === undefined || (Array.isArray(returned) && returned.length === 0);
  const still = asked.length === 0 && empty && !thrown && !stuck && !tried.exit;
  return still && tried.fetch === null && !uses(solution)
    ? said("not started", "It does not ask for anything yet.")
    : null;
}

/** It has to end, by itself, with something. */
function outcome(seen: Rehearsal, solution: unknown): Finding | null {
  const { asked, thrown, tried, stuck, returned } = seen;
  if (tried.exit) {
    return working(
      "ends the program",
      "It calls `exit`, which would end the notebook and all that is in it. Use `return`.",
    );
  }
  if (tried.fetch !== null) {
    return working(
      "fetch instead of get",
      `It calls \`fetch\` with ${quoted(tried.fetch, 60)}. A path alone is no ` +
        "address, so that's an “Invalid URL”. Call `get(path)`, which you are given: it knows whom " +
        "to ask, and returns the document itself.",
    );
  }
  if (stuck === "asks") {
    return working(
      "asks for ever",
      `It called \`get\` more than ${BUDGET} times, for ${PATHS.length} paths.`,
    );
  }
  if (stuck) {
    return working(
      "never comes back",
      "It awaits something that nothing ever resolves, or you interrupted it.",
    );
  }
  const over = asked.findIndex((path) => !PATHS.includes(path as string));
  if (over === PATHS.length && asked[over] === undefined) {
    return working("off by one", "The loop goes one past the end: the last path was `undefined`.");
  }
  if (thrown) {
    return working(
      "throws",
      `It threw an error: ${thrownWords(thrown.error).replace(FAILURE, "…")}`,
    );
  }
  if (asked.length > 0) return null;
  const list = Array.isArray(returned) ? "" : ` It returned ${kindOf(returned)}.`;
  const why = uses(solution, "get")
    ? " The call is there, but nothing comes to it: does the loop go round, is the function called?"
    : "";
  return working("no request", `It never calls \`get\`, so nothing was asked for.${list}${why}`);
}

/** What comes back is a list of names, as long as the list of paths. */
function names({ asked, returned, unanswered, promised }: Rehearsal): Finding | null {
  if (!Array.isArray(returned)) return noList(returned, unanswered);
  const pending = returned.filter((each) => typeof each?.then === "function").length;
  if (pending > 1 && pending === returned.length) {
    return working(
      "Promise.all missing",
      "The list is full of promises, not of names: nobody has awaited them. `Promise.all` turns a " +
        "list of promises into one promise of a list.",
    );
  }
  const inside = returned.some((each) => typeof each?.name?.then === "function");
  if (pending > 0 || inside) {
    return working(
      "promise returned unawaited",
      `Item ${
        returned.findIndex((each) => inside || typeof each?.then === "function")
      } of what it ` +
        "returned is a promise, or has one in it: await it first, and return what comes.",
    );
  }
  if (returned.length > 0 && returned.every((name) => name === undefined)) {
    return working(
      "name of a promise",
      "Every name is `undefined`: the dot was quicker than the `await`. Put brackets around `await` " +
        "and what it waits for.",
    );
  }
  if (unanswered > 0 || (returned.length === 0 && asked.length > 0)) return tooSoon(unanswered);
  if (!promised) {
    return working("not async", "It has to return a promise: make the function `async`.");
  }
  if (asked.length === PATHS.length && returned.length === PATHS.length) return null;
  const made = `For ${PATHS.length} paths it made ${count(asked.length, "request")} and returned ` +
    `${count(returned.length, "name")}.`;
  const byOne = Math.abs(asked.length - PATHS.length) === 1;
  const left = asked.length < PATHS.length ? " What becomes of the last ones?" : "";
  return working(byOne ? "off by one" : "wrong number", made + left);
}

function noList(returned: unknown, unanswered: number): Finding {
  if (unanswered > 0) return tooSoon(unanswered);
  const missing = returned === undefined ? " Is there a `return`?" : "";
  return working(
    "no list",
    `It returned ${kindOf(returned)}, where a list of names is wanted.${missing}`,
  );
}

function tooSoon(unanswered: number): Finding {
  return working(
    "forEach does not wait",
    `It came back while ${count(unanswered, "request")} were still under way: nobody waited for ` +
      "them. Keep each promise in a list, and await every one of them before you return. (`forEach`, " +
      "and a `.then` that nobody awaits, wait for nothing.)",
  );
}

/** The right names in the right places. */
function order({ returned }: Rehearsal): Finding | null {
  const list = returned as { name?: unknown }[];
  const isName = (name: unknown) => NAMES.includes(name as string);
  if (list.every((name, i) => (name as unknown) === NAMES[i])) return null;
  if (list.every((each) => isName(each?.name))) {
    return said("almost", "It returns whole documents; their names are wanted.", "whole documents");
  }
  if (!list.every(isName)) {
    const first = list.findIndex((name, i) => (name as unknown) !== NAMES[i]);
    return working(
      "wrong names",
      `Item ${first} should be ${JSON.stringify(NAMES[first])}, not ${kindOf(list[first])}.`,
    );
  }
  return said(
    "almost",
    "All names are there, in the order in which the answers came. They are wanted in the order of " +
      "the paths.",
    "completion order",
  );
}

/** What becomes of a request that fails. */
function failure({ thrown, stuck }: Rehearsal): Finding | null {
  if (thrown) return null;
  const words = stuck
    ? "When one failed, it never came back: nobody hears of the error."
    : "When one failed, it went on as if nothing had happened: let the error through, or nobody will know.";
  return said("almost", `All is well as long as every request is. ${words}`, "error swallowed");
}
