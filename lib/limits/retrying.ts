import type { Client, OpenClient, Opening } from "../client/client.ts";
import { RequestError } from "../client/request_error.ts";
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
import { random } from "../ground/random.ts";
import { count } from "../ground/words.ts";
import type { Method } from "../trial/plan.ts";
import type { Get } from "../trial/strategy.ts";
import { retryAfterMs } from "./retry_after.ts";

/** What {@link retrying} may be told. */
export interface RetryOptions {
  /** Attempts for a request, the first one too: 4 by default. */
  readonly attempts?: number;
  /** What the wait before the first retry may be at most, ms; it doubles with each: 100 by default. */
  readonly base?: number;
  /** What it may be at most, ms: 10,000 by default. A server that says how long is not capped. */
  readonly cap?: number;
  /** "full" by default: a wait is drawn from 0 to what it may be at most. With "none" it is that. */
  readonly jitter?: "full" | "none";
  /** Whether a server's Retry-After is heeded; true by default. The jitter comes on top. */
  readonly retryAfter?: boolean;
  /** Retries in all, as a share of the requests, but 10 at least: 0.2 by default. Infinity: any. */
  readonly budget?: number;
  /** Of the jitter; 1 by default. */
  readonly seed?: number;
}

type Settings = Required<RetryOptions>;

const CLIENT = new Kind<Client>(
  "a client whose get is awaited, such as keptAlive",
  (client) => typeof (client as Client | null)?.open === "function",
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
 * ```
 *
 * @throws {TypeError | RangeError} for a client that is not one, and naming an option that is wrong
 */
export function retrying(client: Client, options: RetryOptions = {}): Client {
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
  const { name, connections } = client;
  const open = (opening: Opening) => new RetryingClient(client.open(opening), opening, settings);
  return { name: `${name}+retries`, connections, open };
}

/** Statuses that may be another one the next time. */
const PASSING = [408, 425, 429, 500, 502, 503, 504];
/** What may be asked twice without harm. */
const IDEMPOTENT: readonly Method[] = ["GET", "HEAD"];
/** Retries that even a few requests may have. */
const LEAST = 10;

class RetryingClient implements OpenClient {
  readonly #client: OpenClient;
  readonly #opening: Opening;
  readonly #settings: Settings;
  readonly #next: () => number;
  readonly #waiting = new Set<Deadline>();
  #requests = 0;
  #retries = 0;

  constructor(client: OpenClient, opening: Opening, settings: Settings) {
    this.#client = client;
    this.#opening = opening;
    this.#settings = settings;
    this.#next = random(settings.seed);
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
    this.#requests++;
    return new Promise((resolve, reject) => {
      const ask = (attempt: number) => {
        const answer = this.#client.get(path, options);
        const { attempt: attempts } = this.#opening.samples;
        attempts[attempts.length - 1] = attempt; // of the row that get has just begun
        answer.then(resolve, (error: unknown) => {
          const why = this.#refusal(error, attempt);
          if (why !== null) return reject(attempt > 1 || why !== "" ? told(error, why) : error);
          this.#retries++;
          options.retried?.(error);
          const due = performance.now() + this.#wait(error as RequestError, attempt);
          const waiting = at(due, () => {
            this.#waiting.delete(waiting);
            ask(attempt + 1);
          });
          this.#waiting.add(waiting);
        });
      };
      ask(1);
    });
  };

  async close(cause: unknown): Promise<void> {
    for (const waiting of this.#waiting) waiting.cancel();
    this.#waiting.clear();
    await this.#client.close(cause);
  }

  /** Why it is not asked for again, as far as that is to be told; `null` where it is. */
  #refusal(error: unknown, attempt: number): string | null {
    if (!(error instanceof RequestError) || error.kind === "abort") return "";
    if (!IDEMPOTENT.includes(error.method)) return "";
    if (error.kind === "status" && !PASSING.includes(error.status)) return "";
    const { attempts, budget } = this.#settings;
    if (attempt >= attempts) return `after ${count(attempt, "attempt")}`;
    if (this.#retries < Math.max(LEAST, budget * this.#requests)) return null;
    return `and the budget of ${count(this.#retries, "retry", "retries")} is used up`;
  }

  /** ms until the attempt after this one. */
  #wait({ retryAfter }: RequestError, attempt: number): number {
    const { base, cap, jitter, retryAfter: heeded } = this.#settings;
    const most = Math.min(cap, base * 2 ** (attempt - 1));
    const asked = heeded ? retryAfterMs(retryAfter, Date.now()) : NaN;
    if (jitter === "none") return Number.isNaN(asked) ? most : asked;
    return (asked || 0) + this.#next() * most;
  }
}

/** The last failure, with what became of the retries. */
function told(error: unknown, why: string): unknown {
  if (!(error instanceof RequestError) || why === "") return error;
  const { kind, method, path, problem, status, retryAfter } = error;
  const options = { cause: error, status, retryAfter };
  return new RequestError(kind, method, path, `${problem}, ${why}`, options);
}
