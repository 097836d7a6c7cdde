import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { endProcess, firstLine } from "../ground/own_process.ts";
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
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["serve", "--quiet", "--no-lock", "--config", config],
      ...["--allow-net=127.0.0.1", "--allow-read", "--allow-env", "--allow-run"],
      ...["--host", "127.0.0.1", "--port", "0", ...(workers > 1 ? ["--parallel"] : [])],
      ...[program, JSON.stringify(settings)],
    ],
    env: { DENO_JOBS: String(workers) },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const complaints = textOf(child.stderr);
  let closing: Promise<void> | undefined;

  async function end(): Promise<void> {
    await endProcess(child);
    await complaints;
  }
  const close = () => closing ??= end();

  try {
    const url = `http://127.0.0.1:${JSON.parse(await firstLine(child.stdout)).port}`;
    const threads = await threadsOf(url, workers);
    // A program that forgets to close its tracker can still end, and the tracker with it.
    child.unref();
    const { pid } = child;
    return { name, url, pid, settings, threads, backlog, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    const said = (await complaints).trim();
    throw new Error(`the planet tracker (${name}) did not start${said ? `: ${said}` : ""}`, {
      cause: error,
    });
  }
}

/** What Deno asks the system for when nobody says. */
const backlog = 511;

const program = fileURLToPath(new URL("./serve.ts", import.meta.url));
const config = `${dirname(dirname(dirname(program)))}/deno.json`;

/** All that a stream brings; what nobody reads would keep the process waiting. */
async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(stream).text().catch(() => "");
}
