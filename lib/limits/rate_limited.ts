import { until } from "../ground/deadline.ts";
import { above, check, whole } from "../ground/options.ts";
import { TokenBucket } from "../ground/token_bucket.ts";
import { plain } from "../ground/words.ts";
import { nameOf } from "../strategies/library_strategy.ts";
import type { Strategy } from "../trial/strategy.ts";
import { type Limited, limited } from "./limited.ts";

/**
 * Sends `burst` requests at once and then `rate` a second, however long the answers take: a token
 * bucket, as servers have them, on the client's side. In any window of w seconds it sends at most
 * burst + rate · w. The first failure ends it.
 *
 * Own code, because it is the same bucket that the origin has; p-queue counts in windows.
 *
 * ```ts
 * variant(rateLimited(50, 10), keptAlive); // "rateLimited(50, 10)/kept"
 * ```
 *
 * @param rate requests a second, above 0
 * @param burst a whole number from 1 up; 1 by default
 * @throws {TypeError | RangeError} naming the one that is wrong
 */
export function rateLimited(rate: number, burst = 1): Strategy & Limited {
  check("rateLimited", "rate", rate, above(0));
  check("rateLimited", "burst", burst, whole(1));
  const name = `rateLimited(${plain(rate)}, ${burst})`;
  const nobody = new AbortController().signal;
  return limited(name, Infinity, async (paths, get, signal = nobody) => {
    const bucket = new TokenBucket(rate, burst);
    const failed = new AbortController();
    const stop = AbortSignal.any([signal, failed.signal]);
    const answers: Promise<unknown>[] = [];
    for (const path of paths) {
      const due = bucket.due(performance.now());
      if (due > performance.now()) await until(due, stop);
      stop.throwIfAborted();
      bucket.take(performance.now());
      const answer = get(path, { take: nameOf });
      answer.catch((error: unknown) => failed.abort(error));
      answers.push(answer);
    }
    return await Promise.all(answers);
  });
}
