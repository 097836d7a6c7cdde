import { oneOf, resolve, whole } from "../ground/options.ts";

/** How a handler waits: the thread itself, or this request alone. */
export type Handler = "blocking" | "awaiting";

/** What {@link startPlanets} can be told. */
export interface PlanetOptions {
  /** Whether waiting for the upstream stops the thread or only the request. */
  readonly handler: Handler;
  /** Threads that serve, 1 to 64. Default 1. */
  readonly workers?: number;
  /** What the handler waits for before it computes, whole ms, 0 to 10,000. Default 0: for nothing. */
  readonly upstream?: number;
  /** Bytes that a body has at least, 0 to 1,000,000; spaces after the JSON. Default 0. */
  readonly bytes?: number;
}

/** The options with nothing left open. */
export type PlanetSettings = Required<PlanetOptions>;

/**
 * Fills in what was not given.
 * @throws {TypeError} for an option that does not exist or is of the wrong type
 * @throws {RangeError} for a value that it cannot have
 */
export function resolvePlanets(options: PlanetOptions): PlanetSettings {
  return resolve("startPlanets", options, {
    handler: oneOf("blocking", "awaiting"),
    workers: whole(1, 64).or(1),
    upstream: whole(0, 10_000, "ms").or(0),
    bytes: whole(0, 1_000_000).or(0),
  });
}
