import type { Answer, Errand, Lane, LaneReport } from "./lane.ts";
import type { Queue } from "./queue.ts";

/** What a lane's thread is told. */
export type Told =
  | { to: "prepare"; errand: Errand; paths: readonly string[]; memory: SharedArrayBuffer }
  | { to: "work" | "stop" | "crash" };

/** What it says. */
export type Said =
  | { is: "ready" | "stopped" }
  | { is: "answer"; answer: Answer }
  | { is: "done"; report: LaneReport };

/** How long a thread may take to close its connection before it is ended as it is, ms. */
const GRACE = 1_000;

/**
 * A lane in a Web Worker. Its CPU and memory are the whole process's: it has none of its own.
 * @param name what errors call it
 */
export function workerLane(name: string, errand: Errand, queue: Queue): Lane {
  const worker = new Worker(new URL("./worker_thread.ts", import.meta.url), {
    type: "module",
    name,
  });
  const ready = Promise.withResolvers<void>();
  const done = Promise.withResolvers<LaneReport>();
  const stopped = Promise.withResolvers<void>();
  let onAnswer: (answer: Answer) => void;
  let fetching = false;
  const tell = (told: Told) => worker.postMessage(told);

  worker.onmessage = ({ data }: MessageEvent<Said>) => {
    switch (data.is) {
      case "ready":
        return ready.resolve();
      case "stopped":
        return stopped.resolve();
      case "answer":
        return onAnswer(data.answer);
      case "done":
        fetching = false;
        return done.resolve(data.report);
    }
  };
  worker.onerror = (event) => {
    event.preventDefault(); // it is this run's failure, not the program's end
    const what = event.message.replace(/^Uncaught (\(in promise\) )?(Error: )?/, "");
    const error = new Error(`${name} crashed: ${what}`);
    ready.reject(error);
    done.reject(error);
    stopped.resolve();
  };
  // Whoever waits for the one does not yet wait for the other.
  for (const { promise } of [ready, done]) promise.catch(() => {});
  tell({ to: "prepare", errand, paths: queue.paths, memory: queue.memory });

  return {
    ready: ready.promise,
    work(hear) {
      onAnswer = hear;
      fetching = true;
      tell({ to: "work" });
      return done.promise;
    },
    crash: () => tell({ to: "crash" }),
    async end() {
      if (fetching) {
        tell({ to: "stop" });
        const timer = setTimeout(stopped.resolve, GRACE);
        await stopped.promise;
        clearTimeout(timer);
      }
      worker.terminate();
    },
  };
}
