import type { BlockingClient, OpenBlockingClient } from "../client/blocking.ts";
import type { Client, OpenClient, Opening } from "../client/client.ts";
import { at, type Deadline } from "../ground/deadline.ts";
import {
  BOOLEAN,
  check,
  Kind,
  number,
  oneOf,
  resolve as resolveOptions,
  SEED,
  whole,
} from "../ground/options.ts";
import type { BlockingGet, Get } from "../trial/strategy.ts";
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
    retryAfter: BOOLEAN.or(true),
    budget: BUDGET.or(0.2),
    seed: SEED.or(1),
  });
  const named = { name: `${client.name}+retries`, connections: client.connections };
  if ("open" in client) {
    const open = (opening: Opening) => {
      return new RetryingClient(client.open(opening), opening, new Retries(settings));
    };
    return { ...named, open };
  }
  return {
    ...named,
    async prepare() {
      const prepared = await client.prepare();
      const open = (opening: Opening) =>
        blockingOpen(prepared.open, opening, new Retries(settings));
      return { open, close: () => prepared.close() };
    },
  };
}

class RetryingClient implements OpenClient {
  readonly #client: OpenClient;
  readonly #opening: Opening;
  readonly #retries: Retries;
  readonly #waiting = new Set<Deadline>();

  constructor(client: OpenClient, opening: Opening, retries: Retries) {
    this.#client = client;
    this.#opening = opening;
    this.#retries = retries;
  }

  get sockets(): number {
    return this.#client.sockets;
  }

  /** Those that wait for their next attempt, too: they are not answered yet. */
  get inFlight(): number {
    return this.#client.inFlight + this.#waiting.size;
  }

  get peakInFlight(): number {
    return this.#client.peakInFlight;
  }

  get lastFinish(): number {
    return this.#client.lastFinish;
  }

  readonly get: Get = (path, options = {}) => {
    this.#retries.begin();
    return new Promise((resolve, reject) => {
      const ask = (attempt: number) => {
        const answer = this.#client.get(path, options);
        const { attempt: attempts } = this.#opening.samples;
        attempts[attempts.length - 1] = attempt; // of the row that get has just begun
        answer.then(resolve, (error: unknown) => {
          const wait = this.#retries.wait(error, attempt);
          options.retried?.(error);
          const waiting = at(performance.now() + wait, () => {
            this.#waiting.delete(waiting);
            ask(attempt + 1);
          });
          this.#waiting.add(waiting);
        }).catch(reject);
      };
      ask(1);
    });
  };

  async close(cause: unknown): Promise<void> {
    for (const waiting of this.#waiting) waiting.cancel();
    this.#waiting.clear();
    await this.#client.close(cause);
  }
}

/** What nobody wakes: for a thread that waits. */
const NOTHING = new Int32Array(new SharedArrayBuffer(4));

function blockingOpen(
  open: (opening: Opening) => OpenBlockingClient,
  opening: Opening,
  retries: Retries,
): OpenBlockingClient {
  let attempt = 1;
  const client = open({
    ...opening,
    onSample(columns, row) {
      columns.attempt[row] = attempt;
      opening.onSample(columns, row);
    },
  });
  const get: BlockingGet = (path, options) => {
    retries.begin();
    for (attempt = 1;; attempt++) {
      try {
        return client.get(path, options);
      } catch (error) {
        Atomics.wait(NOTHING, 0, 0, retries.wait(error, attempt));
      }
    }
  };
  // Its figures change while it is in use.
  return Object.create(client, { get: { value: get } });
}
