import type { Connections, Method } from "../trial/plan.ts";
import type { SampleColumns } from "../trial/samples.ts";
import type { Document, Get } from "../trial/strategy.ts";
import type { Again } from "./again.ts";
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

/** What a client is opened with; nothing left open. */
export interface Opening extends Wire {
  readonly again: Again;
  /** Where a row a request goes. */
  readonly samples: SampleColumns;
  /** Called as each request finishes, with its row. */
  readonly onSample: (columns: SampleColumns, row: number) => void;
}

/** What can be seen of a client in use. */
export interface ClientState {
  /** Connections opened so far; NaN where it cannot see them. */
  readonly sockets: number;
  /** Requests asked for and neither answered nor failed. */
  readonly inFlight: number;
  readonly peakInFlight: number;
  /** When the last request finished, its document decoded, ms since the epoch; NaN before. */
  readonly lastFinish: number;
}

/** A client in use: one trial's, and discarded after it. */
export interface OpenClient extends ClientState {
  readonly get: Get;
  /**
   * Ends every request in flight as an "abort", and every connection; resolves when all are closed.
   *
   * What was still awaited, or is asked for later, then never settles: a strategy that is over goes
   * no further, and no promise that it forgot is left to reject with nobody listening.
   */
  close(cause: unknown): Promise<void>;
}

/** A way of connecting; opened anew for each trial. */
export interface Client {
  /** Part of a variant's name. */
  readonly name: string;
  readonly connections: Connections;
  open(opening: Opening): OpenClient;
}
