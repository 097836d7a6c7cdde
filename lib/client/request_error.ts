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

/** What went wrong on the way, in words; where it's the number of connections, what to do about it. */
export function networkProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, code, cause } = error as Error & { code?: unknown };
  const words = cause instanceof Error ? `${message}: ${cause.message}` : message;
  if (/EMFILE|too many open files/i.test(`${code} ${words}`)) {
    return "this system allows no more connections at once (EMFILE): " +
      "let fewer overlap, as pool(n) does, or raise the limit on open files, ulimit -n";
  }
  return code === undefined ? words : `${words} (${code})`;
}
