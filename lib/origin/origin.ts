import type { Faults } from "./faults.ts";
import type { Replay } from "./replay.ts";

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

/** How the origin behaves: every option resolved, but where it listens; times in ms. */
export interface OriginConfig
  extends Readonly<Required<Omit<OriginOptions, "port" | "host" | "replay">>> {
  /** What is served instead of the origin's own documents and latencies; `null`: nothing. */
  readonly replay: Replay | null;
}

/** What the origin saw between `begin` and `end`. */
export interface OriginReport {
  readonly config: OriginConfig;
  /** The trial's seed. */
  readonly seed: number;
  /** Responses sent, errors included. */
  readonly requests: number;
  /** Connections accepted. */
  readonly sockets: number;
  /** Most requests at the origin at once (set-up, queue and service together). */
  readonly peakInFlight: number;
  /** Summed wait for a slot, ms. */
  readonly queueWait: number;
  /** served − drawn, ms: mean and maximum. */
  readonly lateness: { readonly mean: number; readonly max: number };
  /** Responses by status, e.g. {"200": 150}. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests refused because of the rate (429), and because the queue was full (503). */
  readonly refused: { readonly rate: number; readonly queue: number };
  /** Requests that met a fault, by its name, e.g. {"reset": 3}. */
  readonly faults: Readonly<Record<string, number>>;
  /** Bytes of bodies sent. */
  readonly bytes: number;
  /** Length of the listen queue asked for. */
  readonly backlog: number;
}

/** A running origin, as whoever measures against it sees it. */
export interface Origin extends AsyncDisposable {
  /** Where the API answers, e.g. http://127.0.0.1:4100 (no trailing slash). */
  readonly url: string;
  /** Where begin and end are asked for; never carries load. */
  readonly control: string;
  readonly config: OriginConfig;
  /** Starts a trial: draws from `trialSeed` and counts from zero. Rejects while requests are in flight. */
  begin(trialSeed: number): Promise<void>;
  /** Ends the trial and resolves to what the origin saw. */
  end(): Promise<OriginReport>;
  close(): Promise<void>;
}
