import { checkKnown } from "../ground/known_options.ts";
import { join } from "node:path";
import { backlog } from "../origin/listen.ts";
import { programFolder } from "./program_folder.ts";
import { findPython } from "./python_toolchain.ts";
import { type Server, startServer } from "./server_child.ts";

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

/** Every kind there is. */
export const planetServerKinds = Object.keys(kinds) as PlanetServerKind[];

/** Python's planet tracker, running. */
export interface PlanetServer extends Server {
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
}

/**
 * Starts the planet tracker in Python: `GET /planets/{name}?lon&lat&elevation` answers
 * `{"azimuth", "altitude"}` in degrees, for Greenwich by default, without refraction; 404 for an
 * unknown planet, 400 for a bad coordinate, both with `{"error"}`. It listens with the origin's
 * backlog on a free port of loopback, and ends on `close` or with this process.
 *
 * @throws {RangeError | TypeError} naming a kind or option that does not exist
 * @throws {MissingToolchain} saying what to install
 * @throws {Error} carrying its standard error, where it does not start
 */
export async function planetServer(
  kind: PlanetServerKind,
  options: PlanetServerOptions = {},
): Promise<PlanetServer> {
  if (!Object.hasOwn(kinds, kind)) {
    const known = planetServerKinds.map((each) => `"${each}"`).join(", ");
    throw new RangeError(`planetServer: there is no "${kind}"; there are ${known}`);
  }
  checkKnown("planetServer", options, ["wait", "keepAlive"]);
  const { framework, workers } = kinds[kind];
  const { wait = 0, keepAlive = framework === "aiohttp" } = options;
  if (!Number.isInteger(wait) || wait < 0) {
    throw new RangeError(`planetServer: wait must be a whole number of ms from 0; got ${wait}`);
  }
  if (keepAlive && framework === "flask") {
    throw new RangeError(`planetServer: keepAlive is not to be had from "${kind}"`);
  }
  const gunicorn = workers > 0 ? ["gunicorn" as const] : [];
  const { command } = await findPython("ephem", framework, ...gunicorn);
  const told = JSON.stringify({ framework, workers, backlog, wait, keepAlive });
  const args = [join(programFolder("python"), "serve.py"), told];
  const server = await startServer({ name: kind, command, args });
  const settings = {
    server: workers > 0 ? "gunicorn" : "development server",
    workers: `${Math.max(1, workers)}`,
    connections: keepAlive ? "kept" : "closed after each answer",
    backlog: `${backlog}`,
  };
  return { ...server, settings, keepAlive };
}
