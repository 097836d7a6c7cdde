import TinyQueue from "tinyqueue";
import { type Call, inFlightOf } from "./call.ts";

/** The same calls, run in some way. */
export interface Schedule {
  /** "as it ran", "one at a time", "pool(4)", "all at once". */
  readonly name: string;
  /** From the first start to the last end, ms. */
  readonly time: number;
  readonly peak: number;
  /** Calls on average, while there was one. */
  readonly mean: number;
  /** The calls, in the order asked for. */
  readonly bars: readonly Bar[];
}

/** A call in a schedule, ms since its beginning. */
interface Bar {
  readonly start: number;
  readonly latency: number;
}

/**
 * How the same answers could have come, in the order asked for: as it ran, where that is known; then
 * one at a time, by pools, and all at once. Of these the time is the ideal, as `idealTime` has it
 * where nothing is paid for a connection: each call takes what it took, less what it waited for its
 * turn, and nothing else takes time.
 *
 * @param calls those whose latency is known
 */
export function schedulesOf(calls: readonly Call[], pools: readonly number[]): Schedule[] {
  const known = calls.length > 0 && calls.every(({ start }) => Number.isFinite(start));
  const ran = known ? calls.toSorted((a, b) => a.start - b.start) : calls;
  const times = ran.map(({ latency, blocked }) => Math.max(0, latency - (blocked || 0)));
  const asItRan = ran.map(({ start, latency }) => ({ start: start - ran[0].start, latency }));
  return [
    ...(known ? [schedule("as it ran", asItRan)] : []),
    schedule("one at a time", listed(times, 1)),
    ...pools.map((n) => schedule(`pool(${n})`, listed(times, n))),
    schedule("all at once", times.map((latency) => ({ start: 0, latency }))),
  ];
}

/** List scheduling: each goes to the slot that is free first. */
function listed(times: readonly number[], concurrency: number): Bar[] {
  const free = new TinyQueue(new Array<number>(Math.min(concurrency, times.length)).fill(0));
  return times.map((latency) => {
    const start = free.pop()!;
    free.push(start + latency);
    return { start, latency };
  });
}

function schedule(name: string, bars: readonly Bar[]): Schedule {
  const { peak, mean, span } = inFlightOf(bars);
  return { name, time: span, peak, mean, bars };
}
