import { COUNT, Kind, number, oneOf, resolve, SEED, TEXT, whole } from "../ground/options.ts";
import { FAULT_SHARES, type Faults } from "./faults.ts";
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
  /** Requests that may wait for a place; one more is refused with 503. Default Infinity. */
  queue?: number;
  /** Requests let in a second, by a token bucket; one more is refused with 429. Default Infinity. */
  rate?: number;
  /** Requests the bucket holds at first and at most. Default 1. */
  burst?: number;
  /** One request in so many takes ten times as long. Default Infinity: none does. */
  slowOneIn?: number;
  /** The share of requests that each fault meets, e.g. `{ reset: 0.01, "503": 0.05 }`. Default none. */
  faults?: Faults;
  /** Documents with their moves, or without. Default "slim". */
  payload?: "full" | "slim";
  /**
   * A recording, or its file: its paths answer with its statuses, sizes and times, and a new connection
   * pays its median handshake unless `handshake` says otherwise. Default none.
   */
  replay?: string | { readonly file: string };
}

const REPLAY = new Kind<OriginOptions["replay"]>(
  "a recording or the name of its file",
  (value) => typeof (Object(value).file ?? value) === "string",
);
const RATE = new Kind<number>(
  "a number above 0, or Infinity",
  (value) => typeof value === "number",
  (rate: number) => rate > 0,
);

/** Everything an origin needs to listen. */
export interface OriginSettings {
  readonly port: number;
  readonly host: string;
  readonly config: OriginConfig;
}

/**
 * Fills in what was not given.
 * @throws {TypeError} for an option that does not exist or is of the wrong type
 * @throws {RangeError} for a value out of range
 */
export function resolveOptions(options: OriginOptions): OriginSettings {
  const { port, host, replay: _, ...config } = resolve("startOrigin", options, {
    port: whole(0, 65_535).or(0),
    host: TEXT.or("127.0.0.1"),
    seed: SEED.or(1),
    median: number(0, Infinity, "ms").or(45),
    sigma: number(0).or(0.4),
    handshake: whole(0, undefined, "ms").or(119),
    capacity: COUNT.or(Infinity),
    queue: whole(0, Infinity).or(Infinity),
    rate: RATE.or(Infinity),
    burst: whole(1).or(1),
    slowOneIn: COUNT.or(Infinity),
    faults: FAULT_SHARES.or({}),
    payload: oneOf("full", "slim").or("slim"),
    replay: REPLAY.or(undefined),
  });
  return { port, host, config: { ...config, replay: null } };
}
