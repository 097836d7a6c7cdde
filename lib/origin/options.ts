import { COUNT, Kind, number, oneOf, resolve, SEED, TEXT, whole } from "../ground/options.ts";
import { FAULT_SHARES } from "./faults.ts";
import type { OriginConfig, OriginOptions } from "./origin.ts";

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
