import type { Connections } from "../trial/plan.ts";
import type { SampleColumns } from "../trial/samples.ts";
import type { Get } from "../trial/strategy.ts";

/** What a client is opened with; nothing left open. */
export interface Opening {
  /** Where the API answers, no trailing slash. */
  readonly origin: string;
  /** Connections at once, at most; Infinity: as many as it takes. */
  readonly connections: number;
  /** For each request, ms. */
  readonly deadline: number;
  /** Aborts all that is in flight, and whatever is asked for later. */
  readonly signal: AbortSignal;
  /** Where a row a request goes. */
  readonly samples: SampleColumns;
  /** Called as each request finishes, with its row. */
  readonly onSample: (columns: SampleColumns, row: number) => void;
}

/** A client in use: one trial's, and discarded after it. */
export interface OpenClient {
  readonly get: Get;
  /** Connections opened so far. */
  readonly sockets: number;
  readonly inFlight: number;
  readonly peakInFlight: number;
  /** Ends every request in flight, rejecting each with an error of this cause. */
  abort(cause: unknown): void;
  /** Resolves when nothing is in flight and every connection is closed. */
  close(): Promise<void>;
}

/** A way of connecting; opened anew for each trial. */
export interface Client {
  /** Part of a variant's name. */
  readonly name: string;
  readonly connections: Connections;
  open(opening: Opening): OpenClient;
}
