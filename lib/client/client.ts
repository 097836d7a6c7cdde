import type { Connections } from "../trial/plan.ts";
import type { SampleColumns } from "../trial/samples.ts";
import type { Get } from "../trial/strategy.ts";
import type { Wire } from "./transport.ts";

/** What a client is opened with; nothing left open. */
export interface Opening extends Wire {
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
