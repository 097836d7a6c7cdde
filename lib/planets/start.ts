import { oneOf, resolve, whole } from "../ground/options.ts";
import { denoProgram } from "../ground/program.ts";
import { type Server, startServer } from "../ground/server.ts";

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
}

/** The options with nothing left open. */
export type PlanetSettings = Required<PlanetOptions>;

/** A planet tracker in a process of its own. */
export interface PlanetTracker extends Omit<Server<{ url: string }>, "ready"> {
  /** "blocking", "awaiting × 4", …: what a table calls it. */
  readonly name: string;
  /** Where it answers, no trailing slash. */
  readonly url: string;
  readonly settings: PlanetSettings;
  /** Threads seen to answer; as many as workers, where the system shares connections out. */
  readonly threads: number;
  /** Connections that may wait to be accepted: `deno serve` lets nobody choose. */
  readonly backlog: number;
}

/**
 * Starts the planet tracker: `GET /planets/{name}?lon&lat&elevation` answers
 * `{"azimuth", "altitude"}` in degrees, for Greenwich by default; 404 for an unknown planet, 400 for
 * a bad coordinate, both with `{"error"}`. It is served by `deno serve` (`--parallel` from two
 * workers on), on a free port of loopback, and ends on `close` or with this process.
 *
 * ```ts
 * await using tracker = await startPlanets({ handler: "awaiting", workers: 4, upstream: 5 });
 * ```
 *
 * @throws {TypeError | RangeError} naming an option that is wrong, and its value
 * @throws {Error} carrying what it said, where it does not start
 */
export async function startPlanets(options: PlanetOptions): Promise<PlanetTracker> {
  const settings = resolve("startPlanets", options, {
    handler: oneOf("blocking", "awaiting"),
    workers: whole(1, 64).or(1),
    upstream: whole(0, 10_000, "ms").or(0),
  });
  const { handler, workers } = settings;
  const name = workers === 1 ? handler : `${handler} × ${workers}`;
  const { ready: { url }, ...server } = await startServer({
    ...denoProgram(
      `the planet tracker (${name})`,
      new URL("./serve.ts", import.meta.url).href,
      [JSON.stringify(settings)],
      ["serve", "--host", "127.0.0.1", "--port", "0", ...(workers > 1 ? ["--parallel"] : [])],
    ),
    env: { DENO_JOBS: String(workers) },
  });
  try {
    const threads = await threadsOf(url, workers);
    return { name, url, settings, threads, backlog, ...server };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** What Deno asks the system for when nobody says. */
const backlog = 511;

/** Rounds of questions: many more than it takes where connections are shared out. */
const PATIENCE = 100;

/**
 * How many threads of a tracker answer, asked over new connections until all have been seen, so that
 * none is still starting when the clock runs. Elsewhere than on Linux one thread may take every
 * connection; then what was seen is what is told.
 */
async function threadsOf(url: string, workers: number): Promise<number> {
  const seen = new Set<string>();
  for (let round = 0; seen.size < workers && round < PATIENCE; round++) {
    const client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
    // At once, for one after the other they might all fall to the same thread.
    await Promise.all(Array.from({ length: 2 * workers }, async () => {
      const response = await fetch(`${url}/thread`, { client, headers: { connection: "close" } });
      seen.add((await response.json()).thread);
    }));
    client.close();
  }
  return seen.size;
}
