import { type Failure, RequestError } from "../../client/request_error.ts";
import { denoProgram, start } from "../../ground/program.ts";
import type { SaidSample } from "../elsewhere/said.ts";
import type { Connections, Method } from "../../trial/plan.ts";
import type { Queue } from "./queue.ts";

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

/** A loop in a thread or process of its own that fetches one path after the other. */
export interface Lane {
  /** Resolves when it could begin; rejects, naming it, where it crashes or is killed before. */
  readonly ready: Promise<void>;
  /** Lets it fetch until no path is left. */
  begin(): void;
  /**
   * Resolves when none is; rejects with a RequestError that names request and lane, or with an Error
   * that names the lane, where it crashes or is killed.
   */
  readonly done: Promise<LaneReport>;
  /** Ends it, whatever it is doing. */
  end(): Promise<void> | void;
}

/** How a lane is carried: `hear` is called with all that it says, `lose` where it crashes. */
type Carry = (
  name: string,
  work: LaneWork,
  queue: Queue,
  hear: (said: FromLane) => void,
  lose: (error: Error) => void,
) => Pick<Lane, "begin" | "end">;

/**
 * Starts a lane.
 * @param name what errors call it
 * @param onAnswer told of each request that it is done with
 */
export function startLane(
  kind: "threads" | "processes",
  name: string,
  work: LaneWork,
  queue: Queue,
  onAnswer: (answer: LaneAnswer) => void,
): Lane {
  const ready = Promise.withResolvers<void>(), done = Promise.withResolvers<LaneReport>();
  // Another lane may have ended the run.
  for (const { promise } of [ready, done]) promise.catch(() => {});
  const hear = (said: FromLane) => {
    if ("ready" in said) return ready.resolve();
    if ("report" in said) return done.resolve(said.report);
    const { sample, failure } = said.answer;
    onAnswer(said.answer);
    if (failure === null) return;
    const problem = `${failure.problem} (${name})`;
    done.reject(new RequestError(failure.kind, work.method, sample.path, problem));
  };
  const lose = (error: Error) => [ready, done].forEach(({ reject }) => reject(error));
  const carry = kind === "threads" ? inThread : inProcess;
  return { ready: ready.promise, done: done.promise, ...carry(name, work, queue, hear, lose) };
}

/** What the thread of a lane is told: first its work, where the paths are, and then to begin. */
export type ToThread =
  | {
    readonly work: LaneWork;
    readonly paths: readonly string[];
    readonly memory: SharedArrayBuffer;
  }
  | "begin";

/** In a Web Worker, which takes its paths from memory that all threads share. */
const inThread: Carry = (name, work, queue, hear, lose) => {
  const module = new URL("./thread.ts", import.meta.url);
  const worker = new Worker(module, { type: "module", name });
  const tell = (told: ToThread) => worker.postMessage(told);
  worker.onmessage = ({ data }: MessageEvent<FromLane>) => hear(data);
  worker.onerror = (event) => {
    event.preventDefault(); // it is this run's failure
    const what = event.message.replace(/^Uncaught (\(in promise\) )?(Error: )?/, "");
    lose(new Error(`${name} crashed: ${what}`));
  };
  tell({ work, paths: queue.paths, memory: queue.memory });
  return { begin: () => tell("begin"), end: () => worker.terminate() };
};

/** In a process, which is handed each path when it is done with the one before. */
const inProcess: Carry = (name, work, queue, hear, lose) => {
  const child = start(denoProgram(name, new URL("./process.ts", import.meta.url).href));
  const hand = () => child.tell(queue.take());
  const listen = async () => {
    for await (const line of child.lines) {
      const said: FromLane = JSON.parse(line);
      if ("answer" in said) hand();
      hear(said);
    }
    lose(await child.ending());
  };
  child.tell(work);
  listen().catch(lose);
  return { begin: hand, end: child.end };
};
