import { checkKnown } from "../ground/known_options.ts";

/** How a handler waits: the thread itself, or this request alone. */
export type Handler = "blocking" | "awaiting";

/** What {@link startPlanets} can be told. */
export interface PlanetOptions {
  /** Whether waiting for the upstream stops the thread or only the request. */
  readonly handler: Handler;
  /** Threads that serve, 1 to 64. Default 1. */
  readonly workers?: number;
  /** What the handler waits for before it computes, whole ms, 0 to 10 000. Default 0: for nothing. */
  readonly upstream?: number;
  /** Bytes that a body has at least, 0 to 1 000 000; spaces after the JSON. Default 0. */
  readonly bytes?: number;
}

/** The options with nothing left open. */
export type PlanetSettings = Required<PlanetOptions>;

const defaults = { workers: 1, upstream: 0, bytes: 0 };

/**
 * Fills in what was not given.
 * @throws {TypeError} for an option that does not exist
 * @throws {RangeError} for a value that it cannot have
 */
export function resolvePlanets(options: PlanetOptions): PlanetSettings {
  checkKnown("startPlanets", options, ["handler", ...Object.keys(defaults)]);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const settings: PlanetSettings = { ...defaults, ...Object.fromEntries(given) as PlanetOptions };
  if (settings.handler !== "blocking" && settings.handler !== "awaiting") {
    throw new RangeError(
      `startPlanets: handler must be "blocking" or "awaiting"; got ${
        Deno.inspect(settings.handler)
      }`,
    );
  }
  whole("workers", settings.workers, 1, 64);
  whole("upstream", settings.upstream, 0, 10_000);
  whole("bytes", settings.bytes, 0, 1_000_000);
  return settings;
}

function whole(option: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(
    `startPlanets: ${option} must be a whole number from ${least} to ${most}; ` +
      `got ${Deno.inspect(value)}`,
  );
}
