import { RequestError } from "../../client/request_error.ts";
import type { Costs, Run } from "../../trial/trial.ts";
import { account } from "../account.ts";
import { peakInFlight } from "../../trial/overlap.ts";
import { watchLoop } from "../stall.ts";
import type { Task } from "../task.ts";
import { gather } from "./gather.ts";
import type { Answer, Errand, Lane, LaneReport } from "./lane.ts";
import type { LaneShape, OnReady } from "./lane_shape.ts";
import { Queue } from "./queue.ts";

/** What lanes a run has, and how they are started. */
export interface Lanes {
  readonly shape: LaneShape;
  /** Whether each reports CPU and memory of its own; else they are this process's. */
  readonly apart: boolean;
  /** Starts one, which errors call by that name. */
  start(name: string, errand: Errand, queue: Queue): Lane;
  /** Told of each answer as it comes. */
  onAnswer(answer: Answer): void;
}

/**
 * Runs a task in lanes that share one queue, started for it and gone after it; no more of them than
 * there are paths. The first failure, or the signal's reason, is what this rejects with.
 *
 * @throws {RequestError} naming request and lane
 * @throws {Error} naming a lane that crashed or was killed
 */
export async function runLanes(lanes: Lanes, task: Task, onReady: OnReady): Promise<Run> {
  const { signal, paths, origin, method, deadline } = task;
  const { name, n, connections, startInside } = lanes.shape;
  signal.throwIfAborted();
  const { promise: stopped, reject: stop } = Promise.withResolvers<never>();
  stopped.catch(() => {}); // it may come when all is over, and then says nothing
  const onAbort = () => stop(signal.reason);
  signal.addEventListener("abort", onAbort);
  const errand: Errand = { origin, method, connections, deadline, startInside };
  const queue = new Queue(paths);
  const gathered = gather(paths, task.onSample);
  const running: Lane[] = [];
  let clock = startInside ? startClock() : null;
  const begun = clock?.opened ?? now();
  try {
    const count = Math.min(n, paths.length);
    const names = Array.from({ length: count }, (_, i) => `${name}, lane ${i + 1} of ${count}`);
    for (const each of names) running.push(lanes.start(each, errand, queue));
    await Promise.race([Promise.all(running.map((lane) => lane.ready)), stopped]);
    onReady(running.map((lane) => () => lane.crash()));
    clock ??= startClock();
    const { opened } = clock;
    const working = running.map((lane, i) =>
      lane.work((answer) => {
        if (answer.failure) stop(requestError(answer, task, names[i]));
        try {
          lanes.onAnswer(answer);
          gathered.add(answer);
        } catch (error) {
          stop(error);
        }
      })
    );
    const reports = await Promise.race([Promise.all(working), stopped]);
    const { samples, results } = gathered;
    const client = {
      sockets: sum(reports, "sockets"),
      inFlight: 0,
      peakInFlight: peakInFlight(samples.start, samples.end),
      lastFinish: latest(reports.map((report) => report.lastFinish)),
    };
    const { makespan, costs } = clock.finish(opened, client);
    const startUp = opened - begun;
    return {
      opened,
      startUp,
      makespan,
      samples,
      results,
      costs: lanes.apart ? apart(costs, reports) : costs,
    };
  } finally {
    queue.shut();
    clock?.unwatch();
    signal.removeEventListener("abort", onAbort);
    await Promise.all(running.map((lane) => lane.end()));
  }
}

const now = () => performance.timeOrigin + performance.now();

function startClock() {
  const unwatch = watchLoop();
  return { opened: now(), unwatch, finish: account(unwatch) };
}

function requestError({ sample, failure }: Answer, { method }: Task, lane: string): RequestError {
  const { kind, problem } = failure!;
  return new RequestError(kind, method, sample.path, `${problem} (${lane})`);
}

/** CPU and memory are the lanes' own. */
function apart(costs: Costs, reports: readonly LaneReport[]): Costs {
  return {
    ...costs,
    cpuUser: sum(reports, "cpuUser"),
    cpuSystem: sum(reports, "cpuSystem"),
    peakMemory: sum(reports, "peakMemory"),
    measuredIn: "own process",
  };
}

const sum = (reports: readonly LaneReport[], of: keyof LaneReport): number =>
  reports.reduce((total, report) => total + report[of], 0);

/** The latest of those that are known; NaN where none is. */
const latest = (times: readonly number[]): number =>
  times.filter((time) => !Number.isNaN(time)).reduce((a, b) => (a > b ? a : b), NaN);
