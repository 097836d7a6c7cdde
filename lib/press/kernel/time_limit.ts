/** Doing something for at most so long. */

/** A limit of time that was reached; `option` is how to raise it. */
export interface Limit {
  seconds: number;
  option: string;
}

/** Resolves after `ms`, or when `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    resolve();
  });
  return promise;
}

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
  // Timers cannot be longer than this; a run is over or stopped by hand before.
  const longest = 2 ** 31 - 1;
  const timer = setTimeout(
    () => reject(new OutOfTime(limit)),
    Math.max(0, Math.min(1000 * seconds, longest)),
  );
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, stopped]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}
