import { type Failure, RequestError } from "../../client/request_error.ts";
import type { Connections, Method } from "../../trial/plan.ts";
import type { SaidSample } from "../elsewhere/said.ts";

/** What the lanes of a run are to do; told as they start. */
export interface Work {
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
  | { readonly answer: Answer }
  | { readonly report: LaneReport };

/** A request that a lane is done with. */
export interface Answer {
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

/** The thread or process of a lane, as whoever started it has it: see carriers.ts. */
export interface Carrier {
  begin(): void;
  /** Makes it crash: an exception that nobody catches in a thread, SIGKILL to a process. */
  crash(): void;
  /** Ends it, whatever it is doing. */
  end(): Promise<void> | void;
  /** Rejects, naming the lane, where it crashes or is killed. */
  readonly lost: Promise<never>;
}

/** A loop in a thread or process of its own that fetches one path after the other. */
export interface Lane extends Pick<Carrier, "crash" | "end"> {
  /** Resolves when it could begin; rejects where it cannot. */
  readonly ready: Promise<void>;
  /**
   * Lets it fetch until no path is left.
   * @throws {RequestError} naming request and lane
   * @throws {Error} naming the lane, where it crashes or is killed
   */
  work(onAnswer: (answer: Answer) => void): Promise<LaneReport>;
}

/**
 * A lane over what carries it; `open` is given what is done with all that the lane says.
 * @param name what errors call it
 */
export function lane(
  name: string,
  method: Method,
  open: (hear: (said: FromLane) => void) => Carrier,
): Lane {
  const ready = Promise.withResolvers<void>();
  const done = Promise.withResolvers<LaneReport>();
  done.promise.catch(() => {}); // another lane may have ended the run
  let onAnswer: (answer: Answer) => void;
  const { begin, crash, end, lost } = open((said) => {
    if ("ready" in said) return ready.resolve();
    if ("report" in said) return done.resolve(said.report);
    const { sample, failure } = said.answer;
    onAnswer(said.answer);
    if (failure === null) return;
    const problem = `${failure.problem} (${name})`;
    done.reject(new RequestError(failure.kind, method, sample.path, problem));
  });
  lost.catch(() => {}); // whoever waits for it hears of it
  return {
    ...{ crash, end },
    ready: Promise.race([ready.promise, lost]),
    work(hear) {
      onAnswer = hear;
      begin();
      return Promise.race([done.promise, lost]);
    },
  };
}
