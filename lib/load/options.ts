import { LONGEST_TIMER } from "../ground/deadline.ts";
import { above, BOOLEAN, check, Kind, resolve, SEED, SIGNAL, whole } from "../ground/options.ts";
import { isThisMachine } from "../ground/this_machine.ts";

/** What a load can be told. */
export interface LoadOptions {
  /** How long requests are sent, ms, 1 to 600,000. Default 1000; less says little. */
  readonly duration?: number;
  /** Connections at once, and so requests in flight, 1 to 1000. Default 20. */
  readonly connections?: number;
  /** Whether a connection is used again (`ab -k`) or asked to close after one answer. Default true. */
  readonly keepAlive?: boolean;
  /**
   * Requests a second on average, sent at random moments whether or not the server keeps up, as
   * visitors come: an open loop. Left out, each connection sends as soon as its last answer is here:
   * a closed loop.
   */
  readonly rate?: number;
  /** Of those moments. Default 1; in blocks, of the block, and so the same for all servers. */
  readonly seed?: number;
  /** For one answer, ms; looked after every tenth of it or every 250 ms. Default 30 000. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
}

/** Everything a load needs, nothing left open; `rate` is Infinity in a closed loop. */
export interface LoadPlan extends Required<LoadOptions> {
  readonly target: URL;
}

/** Infinity is a closed loop's. */
const RATE = new Kind<number>(
  "a number above 0",
  (value) => typeof value === "number",
  (value: number) => value > 0,
);

/** What a load's options must be, but for their signal. */
export const LOAD_KINDS = {
  duration: whole(1, 600_000, "ms").or(1000),
  connections: whole(1, 1000).or(20),
  keepAlive: BOOLEAN.or(true),
  rate: RATE.or(Infinity),
  seed: SEED.or(1),
  deadline: above(0, LONGEST_TIMER, "ms").or(30_000),
} as const;

/**
 * Fills in what was not given.
 * @throws {TypeError} for an option that does not exist or is of the wrong type
 * @throws {RangeError} for a value out of range, and for a URL that is not this machine's
 */
export function resolveLoad(url: string | URL, options: LoadOptions): LoadPlan {
  const signal = SIGNAL.or(new AbortController().signal);
  const resolved = resolve("loadBlocks", options, { ...LOAD_KINDS, signal });
  return { ...resolved, target: new URL(check("loadBlocks", "url", url, URL_HERE)) };
}

/** Load is for servers of one's own: this machine's, by its own name or number. */
const URL_HERE = new Kind<string | URL>(
  "an http:// address on this machine's loopback",
  (value) => typeof value === "string" || value instanceof URL,
  (value: string | URL) => {
    const url = URL.parse(value);
    return url?.protocol === "http:" && isThisMachine(url);
  },
);
