import type { Again } from "../client/again.ts";
import { RequestError } from "../client/request_error.ts";
import { random } from "../ground/random.ts";
import { count } from "../ground/words.ts";
import type { Method } from "../trial/plan.ts";
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
  /** Retries in all, as a share of the requests, but 10 at least: 0.2 by default. Infinity: any. */
  readonly budget?: number;
  /** Of the jitter; 1 by default. */
  readonly seed?: number;
}

/** Statuses that may be another one the next time. */
const PASSING = [408, 425, 429, 500, 502, 503, 504];
/** What may be asked twice without harm. */
const IDEMPOTENT: readonly Method[] = ["GET", "HEAD"];
/** Retries that even a few requests may have. */
const LEAST = 10;

/** What decides, for the requests of one client in use, on each attempt that failed. */
export class Retries implements Again {
  readonly #settings: Required<RetryOptions>;
  readonly #next: () => number;
  #requests = 0;
  #retries = 0;

  constructor(settings: Required<RetryOptions>) {
    this.#settings = settings;
    this.#next = random(settings.seed);
  }

  begin(): void {
    this.#requests++;
  }

  /** As {@link Again} has it; what it throws says how many attempts there were. */
  wait(error: unknown, attempt: number): number {
    const why = this.#refusal(error, attempt);
    if (why !== null) throw told(error, why);
    this.#retries++;
    const { base, cap, jitter } = this.#settings;
    const most = Math.min(cap, base * 2 ** (attempt - 1));
    const asked = retryAfterMs((error as RequestError).retryAfter, Date.now());
    if (jitter === "none") return Number.isNaN(asked) ? most : asked;
    return (asked || 0) + this.#next() * most;
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
}

/** The last failure, with what became of the retries. */
function told(error: unknown, why: string): unknown {
  if (!(error instanceof RequestError) || why === "") return error;
  const { kind, method, path, problem, status, retryAfter } = error;
  const options = { cause: error, status, retryAfter };
  return new RequestError(kind, method, path, `${problem}, ${why}`, options);
}
