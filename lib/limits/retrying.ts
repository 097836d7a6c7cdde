import type { BlockingClient } from "../client/blocking.ts";
import type { Client, Opening } from "../client/client.ts";
import {
  check,
  Kind,
  number,
  oneOf,
  resolve as resolveOptions,
  SEED,
  whole,
} from "../ground/options.ts";
import { Retries, type RetryOptions } from "./retries.ts";

export type { RetryOptions } from "./retries.ts";

const CLIENT = new Kind<Client | BlockingClient>(
  "a client, such as keptAlive or blocking(keptAlive)",
  (client) =>
    typeof client === "object" && client !== null && ("open" in client || "prepare" in client),
);
const BUDGET = new Kind<number>(
  "a number from 0 up, or Infinity",
  (share) => typeof share === "number",
  (share: number) => share >= 0,
);

/**
 * The client, asking again where a request failed in a way that may pass: no answer, a broken or
 * undecodable one, or a status of 408, 425, 429, 500, 502, 503 or 504. Each attempt is a sample of
 * its own, numbered in the column `attempt`.
 *
 * Before the n-th retry it waits for U(0, min(cap, base · 2ⁿ⁻¹)), "full jitter" (M. Brooker, 2015, AWS
 * Architecture Blog), so that those who failed together do not come back together; and before that
 * for as long as a Retry-After says. A budget keeps retries from multiplying the load on a server that
 * has too much already. GET and HEAD alone are retried: what changes something might do it twice.
 *
 * Own code, because here every attempt has to be a sample: undici's retry interceptor hides them, caps
 * Retry-After and has no jitter; p-retry and cockatiel leave Retry-After to the caller.
 *
 * ```ts
 * variant(strategies.pool(10), retrying(keptAlive, { attempts: 5 })); // "pool(10)/kept+retries"
 * variant(strategies.sequential, retrying(blocking(keptAlive))); // the thread waits for retries, too
 * ```
 *
 * @throws {TypeError | RangeError} for a client that is not one, and naming an option that is wrong
 */
export function retrying(client: Client, options?: RetryOptions): Client;
export function retrying(client: BlockingClient, options?: RetryOptions): BlockingClient;
export function retrying(
  client: Client | BlockingClient,
  options: RetryOptions = {},
): Client | BlockingClient {
  check("retrying", "client", client, CLIENT);
  const settings = resolveOptions("retrying", options, {
    attempts: whole(1).or(4),
    base: number(0, undefined, "ms").or(100),
    cap: number(0, undefined, "ms").or(10_000),
    jitter: oneOf("full", "none").or("full"),
    budget: BUDGET.or(0.2),
    seed: SEED.or(1),
  });
  const named = { name: `${client.name}+retries`, connections: client.connections };
  const again = <Open>(open: (opening: Opening) => Open) => (opening: Opening) =>
    open({ ...opening, again: new Retries(settings) });
  if ("open" in client) return { ...named, open: again((opening) => client.open(opening)) };
  return {
    ...named,
    async prepare() {
      const prepared = await client.prepare();
      return { ...prepared, open: again(prepared.open) };
    },
  };
}
