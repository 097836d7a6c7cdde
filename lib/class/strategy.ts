import { count } from "../ground/words.ts";
import { BUDGET, FAILURE, NAMES, PATHS, type Rehearsal, rehearse } from "./rehearse.ts";
import { type Exercise, kindOf, quoted, said, type State, threw } from "./result.ts";
import { uses } from "./source.ts";
import { whyNumber } from "./wrong_number.ts";

/** What a strategy has to do to be right. */
export interface Task {
  /** Requests that are to be under way at once; Infinity: all. */
  readonly inFlight: number;
  /** Whether the next one is to start as soon as one is done. */
  readonly pool?: boolean;
  /** Whether the name is to be taken as soon as a document is there. */
  readonly take?: boolean;
}

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
      const wrong = mistakes(seen, task, solution).find(([made]) => made);
      if (wrong) {
        const [, mistake, words, state = "keep working"] = wrong;
        return said(state, words, mistake);
      }
      const again = await rehearse(solution, task.inFlight, null);
      if (mistakes(again, task, solution).some(([made]) => made)) {
        const words = "It’s right when it’s called once, but not when it’s called again: what it " +
          "collects in, counts with or remembers has to begin anew each time. Declare it inside the function.";
        return said("almost", words, "left from before");
      }
      const { thrown, stuck } = await rehearse(solution, task.inFlight, PATHS[5]);
      if (!thrown) {
        const words = "All is well as long as every request is. When one failed, " +
          (stuck
            ? "it never came back: nobody hears of the error."
            : "it went on as if nothing had happened: let the error through, or nobody will know.");
        return said("almost", words, "error swallowed");
      }
      const requests = count(seen.asked.length, "request");
      return said("correct", `${requests}, at most ${seen.peak} at once, every name in its place.`);
    },
  };
}

/** A mistake: whether it was made, its short name (`null`: it has none), what there is to say of it. */
type Mistake = readonly [made: unknown, mistake: string | null, words: string, state?: State];

/** All there are, the first that was made before those that follow from it. */
function mistakes(seen: Rehearsal, { inFlight, pool, take }: Task, solution: unknown): Mistake[] {
  const { asked, peak, unanswered, returned, promised, took, thrown, stuck, tried } = seen;
  const { leftFree, overlapped, attendedLate } = seen;
  const isList = Array.isArray(returned);
  const list = isList ? returned as { name?: { then?: unknown }; then?: unknown }[] : [];

  // Nobody has written anything.
  const idle = asked.length === 0 && (returned === undefined || (isList && list.length === 0)) &&
    !thrown && !stuck && !tried.exit && tried.fetch === null && !uses(solution);

  // It has to end, by itself, with something.
  const noList = isList ? "" : ` It returned ${kindOf(returned)}.`;
  const over = asked.findIndex((path) => !PATHS.includes(path as string));
  const calls = uses(solution, "get")
    ? " The call is there, but nothing comes to it: does the loop go round, is the function called?"
    : "";

  // What comes back is a list of names, as long as the list of paths.
  const were = unanswered === 1 ? "was" : "were";
  const tooSoon = `It came back while ${count(unanswered, "request")} ${were} still under way, ` +
    "without waiting. Keep each promise in a list, and await every one of them before you return. " +
    "(`forEach`, and a `.then` that nobody awaits, wait for nothing.)";
  const isPromise = (value: unknown) =>
    typeof (value as PromiseLike<unknown> | null)?.then === "function";
  const pending = list.filter(isPromise).length;
  const inside = list.some((each) => isPromise(each?.name));
  const lists = list.findIndex(Array.isArray);
  const made = `For ${PATHS.length} paths it made ${count(asked.length, "request")} and returned ` +
    `${count(list.length, "name")}.`;

  // So many are under way, and the next one starts in time.
  const [all, most] = [inFlight === Infinity, Math.min(inFlight, PATHS.length)];
  const under = `${peak} requests were under way at once, where`;
  const by = peak > most ? "many. Is there a `<=` where `<` is meant?" : "few.";
  const whole = peak === PATHS.length;

  // The right names in the right places.
  const isName = (name: unknown) => NAMES.includes(name as string);
  const first = list.findIndex((name, i) => (name as unknown) !== NAMES[i]);
  const nameless = list.length > 0 && list.every((name) => name === undefined);

  // deno-fmt-ignore: a mistake a line or two, so that they can be compared
  return [
    [idle, null, "It does not ask for anything yet.", "not started"],

    [tried.exit, "ends the program",
      "It calls `exit`, which would end the notebook and all that is in it. Use `return`."],
    [tried.fetch !== null, "fetch instead of get",
      `It calls \`fetch\` with ${quoted(tried.fetch ?? "", 60)}. A path alone is no ` +
        "address, so that’s an “Invalid URL”. Call `get(path)`, which you are given: it knows whom " +
        "to ask, and returns the document itself."],
    [stuck === "asks", "asks for ever",
      `It called \`get\` more than ${BUDGET} times, for ${PATHS.length} paths.`],
    [stuck, "never comes back",
      "It waits for something that never happens, or you interrupted it."],
    [over === PATHS.length && asked[over] === undefined, "off by one",
      "The loop goes one past the end: the last path was `undefined`."],
    [thrown, "throws",
      threw(thrown?.error).words.replace(FAILURE, "…")],
    [asked.length === 0, "no request",
      `It never calls \`get\`, so nothing was asked for.${noList}${calls}`],

    [!isList && unanswered > 0, "came back too soon", tooSoon],
    [!isList, "no list", `It returned ${kindOf(returned)}, where a list of names is wanted.` +
      (returned === undefined ? " Is there a `return`?" : "")],
    [pending > 1 && pending === list.length, "Promise.all missing",
      "The list is full of promises, not of names: nobody has awaited them. `Promise.all` turns a " +
        "list of promises into one promise of a list."],
    [pending > 0 || inside, "promise returned unawaited",
      `Item ${list.findIndex((each) => inside || isPromise(each))} of what it returned is a promise, ` +
        "or has one in it: await it first, and return what comes."],
    [nameless && tried.name, "name of a promise",
      "Every name is `undefined`: the dot asked a promise for it, not the document. Await each promise " +
        "first, with brackets around `await` and what it waits for. (To `await` a list of promises " +
        "awaits none of them.)"],
    [unanswered > 0, "came back too soon", tooSoon],
    [nameless, "no name", "Every name is `undefined`. Is there a `return` in the braces that make a name, " +
      "and is it a document that is asked for its `name`?"],
    [lists >= 0, "list of lists", `Item ${lists} of what it returned is a list itself. All names belong ` +
      "into one: `push(...names)`, with the dots, or `flat()`."],
    [!promised, "not async", "It has to return a promise: make the function `async`."],
    [asked.length !== PATHS.length || list.length !== PATHS.length,
      Math.abs(asked.length - PATHS.length) === 1 ? "off by one" : "wrong number", made + whyNumber(seen, list, pool ? inFlight : 0)],

    [peak === 1 && most > 1, "awaited inside the loop",
      "It works, one request at a time: each is awaited before the next one is made. Make " +
        `${all ? "them all" : `${inFlight} of them`} first; await afterwards.`],
    [peak === most + 1 || (peak === most - 1 && !all), "off by one",
      `${under} ${most} may be: one too ${by}`],
    [peak < most, "too few at once", `At most ${under} ${all ? "all of them" : most} should be.`],
    [whole && peak > most && attendedLate && most > 1, "started before the limit",
      `All ${under} ${most} may be. Calling \`get\` starts the request; awaiting the promises a few ` +
        "at a time afterwards comes too late. Put the limit before the call."],
    [peak > most, "no limit",
      `${whole ? "All " : ""}${under} ${most} may be. Nothing holds the others back.`],
    [pool && leftFree && overlapped, "places left free",
      `It’s never more than ${most}, but a place stayed free while others had paths to spare. Let ` +
        "all of them take from one list."],
    [pool && leftFree, "barrier instead of pool",
      `It asks for ${most}, waits for all ${most}, and then asks for the next. That’s a batch. In a ` +
        "pool the next request starts as soon as *one* is done."],

    [first >= 0 && list.every((each) => isName(each?.name)), "whole documents",
      "It returns whole documents; their names are wanted.", "almost"],
    [first >= 0 && !list.every(isName), "wrong names",
      `Item ${first} should be ${JSON.stringify(NAMES[first])}, not ${kindOf(list[first])}.`],
    [first >= 0, "completion order",
      "All names are there, in another order than the paths. (What is pushed when its answer comes is " +
        "in the order of the answers.)", "almost"],
    [take && took < PATHS.length, "document kept",
      "The promises hold whole documents: give `get` a `take` that makes a name of each."],
  ];
}
