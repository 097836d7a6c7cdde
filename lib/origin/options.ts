import { checkKnown } from "../ground/known_options.ts";
import type { OriginConfig } from "./report.ts";

/** What {@link startOrigin} can be told; the defaults are the scale of the Pokémon article. */
export interface OriginOptions {
  /** Where to listen. Default 0: any free port. */
  port?: number;
  /** Address to listen on. Default 127.0.0.1; anything else than loopback has to be asked for here. */
  host?: string;
  /** Draws outside a trial come from this seed. Whole, 0 or more; default 1. */
  seed?: number;
  /** Median service time, ms. Default 45; 0 is no latency. */
  median?: number;
  /** σ of the log of the service time. Default 0.4. */
  sigma?: number;
  /** What a new connection pays, counted from its accept, whole ms. Default 119. */
  handshake?: number;
  /** Requests served at once; the rest queue. Default Infinity. */
  capacity?: number;
  /** Documents with their moves, or without. Default "slim". */
  payload?: "full" | "slim";
}

/** Everything an origin needs to listen. */
export interface OriginSettings {
  readonly port: number;
  readonly host: string;
  readonly config: OriginConfig;
}

const defaults: Required<OriginOptions> = {
  port: 0,
  host: "127.0.0.1",
  seed: 1,
  median: 45,
  sigma: 0.4,
  handshake: 119,
  capacity: Infinity,
  payload: "slim",
};

function check(name: string, value: unknown, expected: string, ok: (n: number) => boolean): number {
  if (typeof value !== "number") {
    throw new TypeError(`${name} must be ${expected}, not ${display(value)}`);
  }
  if (!ok(value)) throw new RangeError(`${name} must be ${expected}, not ${value}`);
  return value;
}

function display(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

/**
 * A trial's seed, or an origin's.
 * @throws {TypeError | RangeError} unless it is a whole number from 0 to 2⁵³ − 1
 */
export function checkSeed(value: unknown): number {
  return check(
    "seed",
    value,
    "a whole number, 0 or more",
    (n) => Number.isSafeInteger(n) && n >= 0,
  );
}

/**
 * Fills in what was not given.
 * @throws {TypeError} for an option that does not exist or is of the wrong type
 * @throws {RangeError} for a value out of range
 */
export function resolveOptions(options: OriginOptions): OriginSettings {
  checkKnown("startOrigin", options, Object.keys(defaults));
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const { port, host, seed, median, sigma, handshake, capacity, payload }: typeof defaults = {
    ...defaults,
    ...Object.fromEntries(given),
  };
  if (payload !== "full" && payload !== "slim") {
    throw new RangeError(`payload must be "full" or "slim", not ${display(payload)}`);
  }
  if (typeof host !== "string" || host === "") {
    throw new TypeError(`host must be an address to listen on, not ${display(host)}`);
  }
  const finite = (n: number) => Number.isFinite(n) && n >= 0;
  const whole = (n: number) => Number.isSafeInteger(n) && n >= 0;
  return {
    port: check("port", port, "a whole number from 0 to 65535", (n) => whole(n) && n <= 65535),
    host,
    config: {
      seed: checkSeed(seed),
      median: check("median", median, "a number of ms, 0 or more", finite),
      sigma: check("sigma", sigma, "a finite number, 0 or more", finite),
      handshake: check("handshake", handshake, "a whole number of ms, 0 or more", whole),
      capacity: check(
        "capacity",
        capacity,
        "a whole number, 1 or more, or Infinity",
        (n) => n === Infinity || (whole(n) && n >= 1),
      ),
      payload,
    },
  };
}
