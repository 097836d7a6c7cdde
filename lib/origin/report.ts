import type { Faults } from "./faults.ts";
import type { Replay } from "./replay.ts";

/** How the origin behaves; every option resolved. */
export interface OriginConfig {
  readonly seed: number;
  /** Median service time, ms. */
  readonly median: number;
  /** σ of the log of the service time. */
  readonly sigma: number;
  /** What a new connection pays, counted from its accept, whole ms. */
  readonly handshake: number;
  /** Requests served at once; the rest queue. Infinity: no bound. */
  readonly capacity: number;
  /** Requests that may wait for one of those places; one more is refused with 503. */
  readonly queue: number;
  /** Requests let in a second; one more is refused with 429. Infinity: any number. */
  readonly rate: number;
  /** Requests let in at once, where the rate was not used up before. */
  readonly burst: number;
  /** One request in so many takes ten times as long. Infinity: none does. */
  readonly slowOneIn: number;
  /** The share of requests that meets each fault. */
  readonly faults: Faults;
  readonly payload: "full" | "slim";
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
