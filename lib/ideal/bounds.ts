import type { Work } from "./schedule.ts";

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const longest = (values: readonly number[]) => values.reduce((most, v) => Math.max(most, v), 0);

/**
 * What no order of dispatch can beat, in ms: max(ΣL/C, max L) + set-up, for the places C there are
 * at both ends. With new connections the set-up is part of every request and overlaps as they do.
 */
export function lowerBound({ times, concurrency, connections, handshake, capacity }: Work): number {
  if (times.length === 0) return 0;
  const places = Math.min(concurrency, capacity);
  const service = Math.max(sum(times) / places, longest(times));
  if (connections === "kept") return service + handshake;
  const whole = sum(times) + handshake * times.length;
  return Math.max(whole / concurrency, longest(times) + handshake, sum(times) / capacity);
}

/**
 * What nothing can beat where an origin lets in `burst` requests and then `rate` a second, in ms:
 * set-up, (n − burst)/rate until the last is let in, and the shortest service time.
 */
export function rateBound(
  { times, handshake }: Pick<Work, "times" | "handshake">,
  { rate, burst }: { readonly rate: number; readonly burst: number },
): number {
  if (times.length === 0) return 0;
  const shortest = times.reduce((least, time) => Math.min(least, time), Infinity);
  return handshake + Math.max(0, times.length - burst) * 1000 / rate + shortest;
}
