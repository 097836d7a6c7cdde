import type { KINDS } from "../trial/failures.ts";
import type { Method } from "../trial/plan.ts";

/** Why a request failed. */
export type Failure = (typeof KINDS)[number];

/** A request that failed; the message names it, `cause` says why where something else raised it. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  /** HTTP status of the answer; 0 where that is not what was wrong, or not known. */
  readonly status: number;
  /** The answer's Retry-After header as it came; "" where there was none. */
  readonly retryAfter: string;

  constructor(
    readonly kind: Failure,
    readonly method: Method,
    readonly path: string,
    /** What is wrong, in words. */
    readonly problem: string,
    options: ErrorOptions & { status?: number; retryAfter?: string } = {},
  ) {
    super(`${method} ${path}: ${problem}`, options);
    this.status = options.status ?? 0;
    this.retryAfter = options.retryAfter ?? "";
  }
}
