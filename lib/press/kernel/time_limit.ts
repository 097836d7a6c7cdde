/** Doing something for at most so long. */
import { setTimeout as after } from "node:timers/promises";
import { LONGEST_TIMER } from "../../ground/deadline.ts";

/** A limit of time that was reached; `option` is how to raise it. */
export interface Limit {
  seconds: number;
  option: string;
}

/** Resolves after `ms`, or when `signal` aborts. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  after(ms, undefined, { signal }).catch(() => {});

/** The limit was reached. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
  constructor(readonly limit: Limit) {
    super(`not done after ${limit.seconds} s`);
  }
}

/** The signal aborted first. */
export class Aborted extends Error {
  override readonly name = "Aborted";
}

/**
 * The outcome of `work`, unless `seconds` pass first (OutOfTime, with `limit`) or `signal` aborts
 * (Aborted). The work itself goes on; what becomes of it then is not looked at.
 */
export async function withinLimit<T>(
  work: Promise<T>,
  seconds: number,
  limit: Limit,
  signal: AbortSignal,
): Promise<T> {
  work.catch(() => {});
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new Aborted());
  // A run is over or stopped by hand before the longest that a timer can wait.
  const ms = Math.max(0, Math.min(1000 * seconds, LONGEST_TIMER));
  const timer = setTimeout(() => reject(new OutOfTime(limit)), ms);
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, stopped]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}
