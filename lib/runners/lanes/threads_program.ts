/**
 * The process that holds the threads of a run, see run_threads.ts. It reads a ThreadsTask as one line of
 * JSON from standard input, runs it in threads and says a line for each answer and one at the end.
 * When standard input ends, so does it, and the threads with it: whoever started it is gone.
 */
import process from "node:process";
import { RequestError } from "../../client/request_error.ts";
import { highWater } from "../high_water.ts";
import type { Answer } from "./lane.ts";
import type { OnReady } from "./lane_shape.ts";
import { lines, standardInput } from "../../ground/json_lines.ts";
import type { ThreadsSaid, ThreadsTask, ThreadsTold } from "./run_threads.ts";
import { runLanes } from "./run_lanes.ts";
import { say } from "./say.ts";
import { workerLane } from "./worker_lane.ts";

const tell = (said: ThreadsSaid) => say(said);
const input = lines(standardInput());
const { shape, ...task }: ThreadsTask = JSON.parse((await input.next()).value);
let crashes: readonly (() => void)[] = [];
const onAnswer = (answer: Answer) => tell({ is: "answer", answer });
const onReady: OnReady = (each) => {
  crashes = each;
  tell({ is: "ready", lanes: each.length });
};

async function listen(): Promise<void> {
  for await (const line of input) {
    const { crash }: ThreadsTold = JSON.parse(line);
    crashes[crash]();
  }
  process.exit(1);
}

listen();
try {
  const { samples: _, results: __, ...run } = await runLanes(
    { shape, start: workerLane, apart: false, onAnswer },
    { ...task, signal: new AbortController().signal, onSample() {} },
    onReady,
  );
  // The answers have told the rest.
  const costs = { ...run.costs, peakMemory: await highWater(), measuredIn: "own process" as const };
  tell({ is: "done", run: { ...run, costs } });
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const { message } = error;
  const request = error instanceof RequestError ? error : null;
  tell({
    is: "failed",
    message,
    request: request && { kind: request.kind, path: request.path, problem: request.problem },
  });
}
process.exit(0);
