import type { Failure } from "../../client/request_error.ts";
import type { Connections, Method } from "../../trial/plan.ts";
import type { SaidSample } from "../elsewhere/said.ts";

/** What the lanes of a run are to do; told as they start. */
export interface LaneWork {
  /** Where the API answers, no trailing slash. */
  readonly origin: string;
  readonly method: Method;
  readonly connections: Connections;
  /** For each request, ms. */
  readonly deadline: number;
  /** Whether starting up is part of what is measured. */
  readonly startInside: boolean;
}

/** What a lane says: that it could begin, a request that it is done with, what it came to in all. */
export type FromLane =
  | { readonly ready: true }
  | { readonly answer: LaneAnswer }
  | { readonly report: LaneReport };

/** A request that a lane is done with. */
export interface LaneAnswer {
  /** In the row of its path. */
  readonly sample: SaidSample;
  /** What is kept of the document. */
  readonly result: unknown;
  readonly failure: { readonly kind: Failure; readonly problem: string } | null;
}

/** What a lane came to; its CPU and memory are 0 where they are not its own. */
export interface LaneReport {
  readonly sockets: number;
  /** ms since the epoch; null where it had no request. */
  readonly lastFinish: number | null;
  readonly cpuUser: number;
  readonly cpuSystem: number;
  /** Bytes. */
  readonly peakMemory: number;
}
