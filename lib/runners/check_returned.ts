import { count } from "../ground/words.ts";
import type { Connections } from "../trial/plan.ts";

/**
 * The list that a strategy returned, or what is wrong with it, in words that name the mistake.
 *
 * @throws {TypeError} where it is not a list with a result for each path
 * @throws {Error} where requests are still in flight
 */
export function checkReturned(
  returned: unknown,
  paths: readonly string[],
  inFlight: number,
): readonly unknown[] {
  if (inFlight > 0) {
    const requests = count(inFlight, "request");
    throw new Error(`the strategy returned with ${requests} still in flight: is an await missing?`);
  }
  if (!Array.isArray(returned)) {
    const what = returned === null ? "null" : typeof returned;
    throw new TypeError(
      `the strategy returned ${what}: it is to return a list with a result for each path`,
    );
  }
  if (returned.length !== paths.length) {
    throw new TypeError(
      `the strategy returned ${returned.length} results for ${paths.length} paths: ` +
        "it is to return one for each, in input order",
    );
  }
  const promise = returned.findIndex(isPromise);
  if (promise !== -1) {
    throw new TypeError(`result ${promise} of the strategy is a Promise: is an await missing?`);
  }
  return returned;
}

/**
 * Checks that a strategy with an awaiting client awaits.
 * @throws {TypeError} where it returned no Promise while requests are in flight
 */
export function checkAwaiting(returned: unknown, inFlight: number, connections: Connections): void {
  if (inFlight === 0 || isPromise(returned)) return;
  throw new TypeError(
    `the strategy returned no Promise with ${count(inFlight, "request")} still in flight: ` +
      `give it blocking(${CLIENTS[connections]}), or await what get returns`,
  );
}

/**
 * Checks that a strategy with a blocking client blocks.
 * @throws {TypeError} where it returned a Promise
 */
export function checkBlocking(returned: unknown, connections: Connections): void {
  if (!isPromise(returned)) return;
  returned.then(undefined, () => {}); // it may still ask for more, and fail by that
  throw new TypeError(
    `the strategy returned a Promise: give it ${CLIENTS[connections]}, ` +
      "or write it without async and await",
  );
}

/** The constants that notebooks have the awaiting clients by. */
const CLIENTS: Record<Connections, string> = { new: "fresh", kept: "keptAlive" };

/** Whether it would have to be awaited. */
function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null)?.then === "function";
}
