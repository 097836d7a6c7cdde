import { type Failure, RequestError } from "../../client/request_error.ts";
import type { Run } from "../../trial/trial.ts";
import type { Task } from "../task.ts";
import { gather } from "./gather.ts";
import { known } from "./known.ts";
import type { Answer } from "./lane.ts";
import type { LaneShape, OnReady } from "./lane_shape.ts";
import { talkTo } from "./talk.ts";

/** What the process of the threads is told at first. */
export type ThreadsTask = Omit<Task, "signal" | "onSample"> & { readonly shape: LaneShape };

/** What it is told later: which lane is to crash, from 0. */
export interface ThreadsTold {
  readonly crash: number;
}

/** What it says. */
export type ThreadsSaid =
  | { is: "ready"; lanes: number }
  | { is: "answer"; answer: Answer }
  | { is: "done"; run: Omit<Run, "samples" | "results"> }
  | { is: "failed"; message: string; request: FailedRequest | null };

/** Of a RequestError, what crosses between processes. */
interface FailedRequest {
  readonly kind: Failure;
  readonly path: string;
  readonly problem: string;
}

/**
 * Runs a task in threads of a process of their own. A notebook's kernel takes a second to start a
 * worker where Deno itself takes some ms; there it is as it would be in a program, and CPU and
 * memory are the threads' own, beside those of the process that holds them.
 *
 * @throws {RequestError} naming request and lane
 * @throws {Error} naming a lane that crashed, or the process where that is killed
 */
export async function runThreads(shape: LaneShape, task: Task, onReady: OnReady): Promise<Run> {
  const { signal, onSample, ...rest } = task;
  signal.throwIfAborted();
  const gathered = gather(task.paths, onSample);
  const { promise, resolve, reject } = Promise.withResolvers<Run>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  const hear = (said: ThreadsSaid) => {
    switch (said.is) {
      case "ready":
        return onReady(
          Array.from({ length: said.lanes }, (_, crash) => () => talk.tell({ crash })),
        );
      case "answer":
        return gathered.add({ ...said.answer, sample: known(said.answer.sample) });
      case "failed":
        return reject(errorOf(said, task));
      case "done": {
        const { samples, results } = gathered;
        return resolve({ ...said.run, costs: known(said.run.costs), samples, results });
      }
    }
  };
  const module = new URL("./threads_program.ts", import.meta.url);
  const talk = talkTo<ThreadsSaid>(shape.name, module, hear);
  talk.tell({ ...rest, shape } satisfies ThreadsTask);
  try {
    return await Promise.race([promise, talk.over]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    await talk.end();
  }
}

function errorOf({ message, request }: ThreadsSaid & { is: "failed" }, { method }: Task): Error {
  if (request === null) return new Error(message);
  return new RequestError(request.kind, method, request.path, request.problem);
}
