import type { KINDS } from "../trial/failures.ts";
import type { Method } from "../trial/plan.ts";

/** Why a request failed. */
export type Failure = (typeof KINDS)[number];

/** A request that failed; the message names it, `cause` says why where something else raised it. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  constructor(
    readonly kind: Failure,
    readonly method: Method,
    readonly path: string,
    /** What is wrong, in words. */
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(`${method} ${path}: ${problem}`, options);
  }
}
