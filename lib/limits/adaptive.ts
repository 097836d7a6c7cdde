import { COUNT, func, resolve as resolveOptions, whole } from "../ground/options.ts";
import { nameOf } from "../strategies/library_strategy.ts";
import type { Strategy } from "../trial/strategy.ts";
import { type Limited, limited } from "./limited.ts";
import { Aimd } from "./aimd.ts";

/** What {@link adaptive} may be told. */
export interface AdaptiveOptions {
  /** Requests in flight at first: 1 by default. */
  readonly start?: number;
  /** Requests in flight at most: Infinity by default. */
  readonly most?: number;
  /** Told of each limit, the first one too, and how long after the start it came, ms. */
  readonly onLimit?: (limit: number, ms: number) => void;
}

/**
 * As many in flight as the server can take, which nobody tells it: it begins with few, looks for
 * more, and steps back as answers come later or attempts fail. How: see {@link Aimd}. It sees
 * failures where the client retries them; one that is not retried ends it.
 *
 * Latencies of requests that may have opened a connection do not count: those that make in flight
 * what it has never been.
 *
 * ```ts
 * variant(adaptive(), retrying(keptAlive)); // "adaptive/kept+retries"
 * ```
 *
 * @throws {TypeError | RangeError} naming an option that is wrong
 */
export function adaptive(options: AdaptiveOptions = {}): Strategy & Limited {
  const { start, most, onLimit } = resolveOptions("adaptive", options, {
    start: whole(1).or(1),
    most: COUNT.or(Infinity),
    onLimit: func<(limit: number, ms: number) => void>().or(() => {}),
  });
  return limited("adaptive", most, (paths, get) =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const aimd = new Aimd(start, most);
      const names = new Array<unknown>(paths.length);
      let [next, inFlight, highest, left, told] = [0, 0, 0, paths.length, 0];
      const launch = (i: number) => {
        const { epoch } = aimd;
        const sent = performance.now();
        // Of a connection that has to be opened first the latency says nothing.
        let counts = ++inFlight <= highest;
        highest = Math.max(highest, inFlight);
        const retried = () => {
          counts = false;
          aimd.failed(epoch);
        };
        get(paths[i], { take: nameOf, retried }).then((name) => {
          names[i] = name;
          inFlight--;
          left--;
          if (counts) aimd.answered(performance.now() - sent, epoch);
          go();
        }).catch((error: unknown) => {
          next = paths.length; // nothing more is sent
          reject(error);
        });
      };
      const go = () => {
        if (aimd.limit !== told) onLimit(told = aimd.limit, performance.now() - began);
        while (next < paths.length && inFlight < aimd.limit) launch(next++);
        if (left === 0) resolve(names);
      };
      go();
    }));
}
