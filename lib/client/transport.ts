import type { Method } from "../trial/plan.ts";
import type { Document } from "../trial/strategy.ts";
import type { Ending } from "./finish_sample.ts";
import type { RequestError } from "./request_error.ts";

/** How requests are made: what of an Opening concerns the wire. */
export interface Wire {
  /** Where the API answers, no trailing slash. */
  readonly origin: string;
  /** Connections at once, at most; Infinity: as many as it takes. */
  readonly connections: number;
  /** For each request, ms. */
  readonly deadline: number;
}

/** One request that is over, whoever made it. */
export interface Ended extends Ending {
  readonly path: string;
  readonly method: Method;
  readonly error: RequestError | null;
  /**
   * What the answer holds; to be asked for once.
   * @throws {RequestError} of kind "decode" where it is not JSON
   */
  document(): Document;
}

/** What carries the requests of one trial: each under a deadline, all to be ended at once. */
export interface Transport {
  /** Connections opened so far; NaN where it cannot see them. */
  readonly sockets: number;
  readonly inFlight: number;
  readonly peakInFlight: number;
  /** Sends a request; `onEnd` hears of it once, when its body has been read or it has failed. */
  send(path: string, method: Method, onEnd: (ended: Ended) => void): void;
  /** Ends all that is in flight as an "abort"; resolves when nothing is open any more. */
  close(cause: unknown): Promise<void>;
}
