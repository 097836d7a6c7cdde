import { draw, type Latency } from "../origin/draw.ts";
import type { OriginConfig } from "../origin/origin.ts";
import { Arrivals } from "../trial/arrivals.ts";
import type { Connections } from "../trial/plan.ts";
import { idealTime } from "./schedule.ts";

/** The times that the origin will draw for these paths in a trial of this seed, ms. */
export function drawn(
  paths: readonly string[],
  seed: number,
  latency: Latency,
): number[] {
  const arrivals = new Arrivals();
  return paths.map((path) => draw(seed, path, arrivals.next(path), latency));
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
