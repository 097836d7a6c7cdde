import type { Connections } from "../trial/plan.ts";
import { isPromise } from "./check_returned.ts";

/**
 * Checks that a strategy with an awaiting client awaits.
 * @throws {TypeError} where it returned no Promise while requests are in flight
 */
export function checkAwaiting(returned: unknown, inFlight: number, connections: Connections): void {
  if (inFlight === 0 || isPromise(returned)) return;
  const requests = inFlight === 1 ? "1 request" : `${inFlight} requests`;
  throw new TypeError(
    `the strategy returned no Promise with ${requests} still in flight: ` +
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
