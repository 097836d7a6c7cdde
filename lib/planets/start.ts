import { denoProgram } from "../ground/program.ts";
import { startServer } from "../ground/server.ts";
import { type PlanetOptions, type PlanetSettings, resolvePlanets } from "./options.ts";
import { threadsOf } from "./threads.ts";

/** A planet tracker in a process of its own. */
export interface PlanetTracker extends AsyncDisposable {
  /** "blocking", "awaiting × 4", …: what a table calls it. */
  readonly name: string;
  /** Where it answers, no trailing slash. */
  readonly url: string;
  readonly pid: number;
  readonly settings: PlanetSettings;
  /** Threads seen to answer; as many as workers, where the system shares connections out. */
  readonly threads: number;
  /** Connections that may wait to be accepted: `deno serve` lets nobody choose. */
  readonly backlog: number;
  /** Ends it; resolves when it is gone. */
  close(): Promise<void>;
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
  const settings = resolvePlanets(options);
  const { handler, workers } = settings;
  const name = workers === 1 ? handler : `${handler} × ${workers}`;
  const { ready: { url }, pid, close } = await startServer({
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
    return { name, url, pid, settings, threads, backlog, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What Deno asks the system for when nobody says. */
const backlog = 511;
