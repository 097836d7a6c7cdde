import type { Failure } from "../../client/request_error.ts";
import type { Connections, Method } from "../../trial/plan.ts";
import type { Sample } from "../../trial/samples.ts";

/** What the lanes of a run are to do, before the first path: told as they start. */
export interface Errand {
  /** Where the API answers, no trailing slash. */
  readonly origin: string;
  readonly method: Method;
  readonly connections: Connections;
  /** For each request, ms. */
  readonly deadline: number;
  /** Whether starting up is part of what is measured. */
  readonly startInside: boolean;
}

/** A request that a lane is done with. */
export interface Answer {
  /** Where its path stands among the paths of the run. */
  readonly index: number;
  readonly sample: Sample;
  /** What is kept of the document. */
  readonly result: unknown;
  readonly failure: { readonly kind: Failure; readonly problem: string } | null;
}

/** What a lane came to, all in all. */
export interface LaneReport {
  readonly sockets: number;
  /** ms since the epoch; NaN where it had no request. */
  readonly lastFinish: number;
  readonly cpuUser: number;
  readonly cpuSystem: number;
  /** Bytes. */
  readonly peakMemory: number;
}

/** A loop in a thread or process of its own that fetches one path after the other. */
export interface Lane {
  /** Resolves when it could begin; rejects where it cannot. */
  readonly ready: Promise<void>;
  /**
   * Lets it fetch until the queue is empty.
   * @throws {Error} naming the lane, where it crashes or is killed
   */
  work(onAnswer: (answer: Answer) => void): Promise<LaneReport>;
  /** Makes it crash: an exception that nobody catches in a thread, SIGKILL to a process. */
  crash(): void;
  /** Ends it, whatever it is doing; resolves when it is gone and its connection closed. */
  end(): Promise<void>;
}
