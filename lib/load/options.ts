import { checkKnown } from "../ground/known_options.ts";

/** What {@link generateLoad} can be told. */
export interface LoadOptions {
  /** Requests in all, 1 to 1 000 000. Default 1000. */
  readonly requests?: number;
  /** Connections at once, and so requests in flight, 1 to 1000. Default 20. */
  readonly connections?: number;
  /** Whether a connection is used again (`ab -k`) or asked to close after one answer. Default true. */
  readonly keepAlive?: boolean;
  /**
   * Requests planned a second, at even distances, whether or not the server keeps up: an open loop.
   * Left out, each connection sends as soon as its last answer is here: a closed loop.
   */
  readonly rate?: number;
  /** For one answer, ms; looked after every tenth of it or every 250 ms. Default 30 000. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
}

/** Everything a load needs, nothing left open. */
export interface LoadPlan {
  readonly target: Target;
  readonly requests: number;
  readonly connections: number;
  readonly keepAlive: boolean;
  /** Infinity in a closed loop. */
  readonly rate: number;
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** Where the requests go. */
export interface Target {
  readonly url: string;
  readonly hostname: string;
  readonly port: number;
  /** With its query. */
  readonly path: string;
}

/** The names of a load's options. */
export const LOAD_OPTIONS: readonly (keyof LoadOptions)[] = [
  ...["requests", "connections", "keepAlive", "rate", "deadline", "signal"] as const,
];

/**
 * Fills in what was not given.
 * @throws {TypeError} for an option that does not exist or is of the wrong type
 * @throws {RangeError} for a value out of range, and for a URL that is not this machine's
 */
export function resolveLoad(url: string | URL, options: LoadOptions): LoadPlan {
  checkKnown("generateLoad", options, LOAD_OPTIONS);
  const { requests = 1000, connections = 20, keepAlive = true, deadline = 30_000 } = options;
  const { rate = Infinity, signal = new AbortController().signal } = options;
  if (typeof keepAlive !== "boolean") {
    throw new TypeError(`generateLoad: keepAlive must be true or false; got ${keepAlive}`);
  }
  whole("requests", requests, 1_000_000);
  whole("connections", connections, 1000);
  if (options.rate !== undefined && !(rate > 0 && rate < Infinity)) {
    throw new RangeError(`generateLoad: rate must be above 0 requests a second; got ${rate}`);
  }
  if (!(deadline > 0 && deadline < Infinity)) {
    throw new RangeError(`generateLoad: deadline must be above 0 ms; got ${deadline}`);
  }
  return { target: onLoopback(url), requests, connections, keepAlive, rate, deadline, signal };
}

function whole(option: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new RangeError(
    `generateLoad: ${option} must be a whole number from 1 to ${most}; got ${Deno.inspect(value)}`,
  );
}

/** Load is for servers of one's own: this machine's, by its own name or number. */
function onLoopback(url: string | URL): Target {
  const { protocol, hostname, port, pathname, search, href } = new URL(url);
  const here = hostname === "localhost" || hostname === "[::1]" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname);
  if (protocol !== "http:" || !here) {
    throw new RangeError(
      `generateLoad: url must be http:// on this machine's loopback; got ${href}`,
    );
  }
  return {
    url: href,
    hostname: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port || 80),
    path: pathname + search,
  };
}
