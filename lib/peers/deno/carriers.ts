import { denoProgram, start } from "../../ground/program.ts";
import type { Carrier, FromLane, Work } from "./lane.ts";
import type { Queue } from "./queue.ts";

/** How a lane is carried: `hear` is called with all that it says. */
export type Carry = (
  name: string,
  work: Work,
  queue: Queue,
  hear: (said: FromLane) => void,
) => Carrier;

/** What the thread of a lane is told: first its work, where the paths are, and then what to do. */
export type ToThread =
  | { readonly work: Work; readonly paths: readonly string[]; readonly memory: SharedArrayBuffer }
  | "begin"
  | "crash";

/** A lane in a Web Worker, which takes its paths from memory that all threads share. */
export const inThread: Carry = (name, work, queue, hear) => {
  const module = new URL("./thread.ts", import.meta.url);
  const worker = new Worker(module, { type: "module", name });
  const { promise: lost, reject } = Promise.withResolvers<never>();
  const tell = (told: ToThread) => worker.postMessage(told);
  worker.onmessage = ({ data }: MessageEvent<FromLane>) => hear(data);
  worker.onerror = (event) => {
    event.preventDefault(); // it is this run's failure
    const what = event.message.replace(/^Uncaught (\(in promise\) )?(Error: )?/, "");
    reject(new Error(`${name} crashed: ${what}`));
  };
  tell({ work, paths: queue.paths, memory: queue.memory });
  return {
    lost,
    begin: () => tell("begin"),
    crash: () => tell("crash"),
    end: () => worker.terminate(),
  };
};

/** A lane in a process, which is handed each path when it is done with the one before. */
export const inProcess: Carry = (name, work, queue, hear) => {
  const child = start(denoProgram(name, new URL("./process.ts", import.meta.url).href));
  const hand = () => child.tell(queue.take());
  const listen = async (): Promise<never> => {
    for await (const line of child.lines) {
      const said: FromLane = JSON.parse(line);
      if ("answer" in said) hand();
      hear(said);
    }
    throw await child.ending();
  };
  child.tell(work);
  return { lost: listen(), begin: hand, crash: child.kill, end: child.end };
};
