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
