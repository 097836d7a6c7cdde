import { draw, type Latency } from "../origin/draw.ts";
import type { OriginConfig } from "../origin/origin.ts";
import type { Connections } from "../trial/plan.ts";
import { idealTime } from "./schedule.ts";

/** The times that the origin will draw for these paths in a trial of this seed, ms. */
export function drawn(
  paths: readonly string[],
  seed: number,
  latency: Latency,
): number[] {
  const arrivals = new Map<string, number>();
  return paths.map((path) => {
    const k = (arrivals.get(path) ?? 0) + 1;
    arrivals.set(path, k);
    return draw(seed, path, k, latency);
  });
}

/**
 * The ideal time of a pass that was not run, or not yet, ms: the origin's draws are known beforehand.
 * Exact but for the origin's lateness.
 */
export function expected(
  variant: { readonly concurrency: number; readonly connections: Connections },
  paths: readonly string[],
  seed: number,
  config: Latency & Pick<OriginConfig, "handshake" | "capacity">,
): number {
  const { concurrency, connections } = variant;
  const { handshake, capacity } = config;
  const times = drawn(paths, seed, config);
  return idealTime({ times, concurrency, connections, handshake, capacity });
}
