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
 * Between what any list schedule on C slots takes, set-up apart:
 * max(ΣL/C, max L) ≤ T ≤ ΣL/C + (1 − 1/C)·max L (R. L. Graham, 1969, SIAM Journal on Applied
 * Mathematics 17, 416–429). Times in ms.
 */
export function grahamBounds(times: readonly number[], slots: number): [number, number] {
  const [even, most] = [sum(times) / slots, longest(times)];
  return [Math.max(even, most), even + (1 - 1 / slots) * most];
}

/** One at a time: h + ΣL kept alive, Σ(L + h) on new connections; ms. */
export function oneAtATime(times: readonly number[], handshake: number, kept: boolean): number {
  return sum(times) + handshake * (kept ? Math.min(1, times.length) : times.length);
}

/** All at once: h + max L, however the connections are kept; ms. */
export function allAtOnce(times: readonly number[], handshake: number): number {
  return times.length === 0 ? 0 : handshake + longest(times);
}
