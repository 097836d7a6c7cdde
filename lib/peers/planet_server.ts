import { LONGEST_TIMER } from "../ground/deadline.ts";
import { BOOLEAN, check, oneOf, refuse, resolve, whole } from "../ground/options.ts";
import { type Server, startServer } from "../ground/server.ts";
import { backlog } from "../origin/listen.ts";
import type { PeerTable } from "./peer_plan.ts";
import type { MissingPeer } from "./peer_sets.ts";
import { pythonProgram } from "./python_toolchain.ts";
import { MissingToolchain, orMissing } from "./toolchain.ts";

/** Frameworks and what serves them. */
const kinds = {
  "flask development": { framework: "flask", workers: 0 },
  "flask gunicorn 1": { framework: "flask", workers: 1 },
  "flask gunicorn 4": { framework: "flask", workers: 4 },
  "aiohttp development": { framework: "aiohttp", workers: 0 },
  "aiohttp gunicorn 1": { framework: "aiohttp", workers: 1 },
  "aiohttp gunicorn 4": { framework: "aiohttp", workers: 4 },
} as const;

export type PlanetServerKind = keyof typeof kinds;

/**
 * Every kind there is.
 *
 * ```ts
 * planetServerKinds.map((kind) => planetServer(kind));
 * ```
 */
export const planetServerKinds = Object.keys(kinds) as PlanetServerKind[];

/** What a server says once it listens. */
interface Ready {
  /** Where it answers, no trailing slash. */
  readonly url: string;
  /** Of the language and the packages, as they say themselves. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Python's planet tracker, running. */
export interface PlanetServer extends Ready, Omit<Server<Ready>, "ready"> {
  /** Its kind, e.g. "flask gunicorn 4". */
  readonly name: string;
  readonly language: "python";
  /** What is in force, e.g. `{ "workers": "4", "connections": "kept", "backlog": "4096" }`. */
  readonly settings: Readonly<Record<string, string>>;
  readonly keepAlive: boolean;
}

/** What a planet server may be told. */
export interface PlanetServerOptions {
  /** What the handler waits for before it computes, whole ms: 0, the default, for nothing. */
  readonly wait?: number;
  /**
   * Whether connections stay open. By default as shipped: aiohttp's stay, those of Flask's servers
   * (Werkzeug's and gunicorn's sync worker) never do.
   */
  readonly keepAlive?: boolean;
  /**
   * What gunicorn's workers are. By default what the framework is made for; "sync" is gunicorn's own
   * default, which expects an app that speaks WSGI, as aiohttp's does not.
   */
  readonly workerClass?: WorkerClass;
}

const workerClasses = ["sync", "aiohttp.GunicornWebWorker"] as const;
type WorkerClass = typeof workerClasses[number];

/**
 * Starts the planet tracker in Python: `GET /planets/{name}?lon&lat&elevation` answers
 * `{"azimuth", "altitude"}` in degrees, for Greenwich by default, without refraction; 404 for an
 * unknown planet, 400 for a bad coordinate, both with `{"error"}`. It listens with the origin's
 * backlog on a free port of loopback, and ends on `close` or with this process.
 *
 * ```ts
 * await using server = await planetServer("aiohttp gunicorn 1");
 * ```
 *
 * @throws {RangeError | TypeError} naming a kind or option that does not exist
 * @throws {MissingToolchain} saying what to install
 * @throws {Error} carrying its standard error, where it does not start
 */
export async function planetServer(
  kind: PlanetServerKind,
  options: PlanetServerOptions = {},
): Promise<PlanetServer> {
  check("planetServer", "kind", kind, oneOf(...planetServerKinds));
  const { framework, workers } = kinds[kind];
  const { wait, keepAlive, workerClass } = resolve("planetServer", options, {
    wait: whole(0, LONGEST_TIMER, "ms").or(0),
    keepAlive: BOOLEAN.or(framework === "aiohttp"),
    workerClass: oneOf(...workerClasses).or(
      framework === "aiohttp" ? "aiohttp.GunicornWebWorker" : "sync",
    ),
  });
  if (keepAlive && framework === "flask") {
    refuse("planetServer", "keepAlive", `false for "${kind}"`, keepAlive);
  }
  const packages = ["ephem", framework, ...(workers > 0 ? ["gunicorn" as const] : [])] as const;
  const told = JSON.stringify({ framework, workers, backlog, wait, keepAlive, workerClass });
  const { ready, ...server } = await startServer<Ready>(
    await pythonProgram(kind, packages, "serve.py", told),
  );
  const settings = {
    server: workers > 0 ? `gunicorn (${workerClass})` : "development server",
    workers: `${Math.max(1, workers)}`,
    connections: keepAlive ? "kept" : "closed after each answer",
    backlog: `${backlog}`,
  };
  return { name: kind, language: "python", ...ready, ...server, settings, keepAlive };
}

/** Python's planet servers in one table. */
export interface PlanetServers {
  /** Those that run here, started. */
  readonly servers: readonly PlanetServer[];
  readonly missing: readonly MissingPeer[];
}

/**
 * Starts Python's planet servers, all at once, "as shipped" (aiohttp's keep their connections,
 * Flask's never do) or "equalised" (all close after each answer), and says of those that cannot run
 * what to install.
 *
 * ```ts
 * const servers = await planetServers("equalised");
 * ```
 *
 * @throws {RangeError} naming a kind that does not exist
 * @throws {Error} carrying its standard error, where one does not start; the others are closed
 */
export async function planetServers(
  table: PeerTable,
  kinds: readonly PlanetServerKind[] = planetServerKinds,
): Promise<PlanetServers> {
  const options = table === "equalised" ? { keepAlive: false } : {};
  const started = await Promise.allSettled(
    kinds.map(async (kind) => ({ kind, came: await orMissing(planetServer(kind, options)) })),
  );
  const all = started.flatMap((each) => each.status === "fulfilled" ? [each.value] : []);
  const servers = all.flatMap(({ came }) => came instanceof MissingToolchain ? [] : [came]);
  const missing = all.flatMap(({ kind, came }) =>
    came instanceof MissingToolchain ? [{ variant: kind, install: came.install }] : []
  );
  const failed = started.find((each) => each.status === "rejected");
  if (failed) {
    await Promise.all(servers.map((server) => server.close()));
    throw failed.reason;
  }
  return { servers, missing };
}
