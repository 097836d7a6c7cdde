/** Doing something for at most so long. */
import { setTimeout as after } from "node:timers/promises";
import { LONGEST_TIMER } from "../../ground/deadline.ts";

/** Resolves after `ms`, or when `signal` aborts. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  after(ms, undefined, { signal }).catch(() => {});

/** The time was up. */
export const LATE: unique symbol = Symbol("late");
/** The signal aborted first. */
export const ABORTED: unique symbol = Symbol("aborted");

/**
 * The outcome of `work`, unless `seconds` pass first ({@link LATE}) or `signal` aborts
 * ({@link ABORTED}). The work itself goes on; what becomes of it then is not looked at.
 */
export async function within<T>(
  work: Promise<T>,
  seconds: number,
  signal: AbortSignal,
): Promise<T | typeof LATE | typeof ABORTED> {
  work.catch(() => {});
  const over = new AbortController();
  // A run is over or stopped by hand before the longest that a timer can wait.
  const ms = Math.max(0, Math.min(1000 * seconds, LONGEST_TIMER));
  const stopped = after(ms, undefined, { signal: AbortSignal.any([signal, over.signal]) })
    .then((): typeof LATE => LATE, (): typeof ABORTED => ABORTED);
  try {
    return await Promise.race([work, stopped]);
  } finally {
    over.abort();
  }
}
