import { LONGEST_TIMER } from "../../origin/deadline.ts";
import type { Task } from "../variant.ts";
import { parseRun, type PeerRun } from "./parse_run.ts";
import type { PeerPlan } from "./peer_plan.ts";
import { type PeerProgram, runProgram } from "./peer_process.ts";

/** How long a process may take to start and to report, ms. */
const allowance = 30_000;

/** How long a run may take where every request takes as long as it may, ms. */
export function patience(task: Task, concurrency: number): number {
  const requests = task.paths.length;
  const rounds = requests === 0 ? 0 : Math.ceil(requests / Math.min(concurrency, requests));
  return Math.min(allowance + rounds * task.deadline, LONGEST_TIMER);
}

/**
 * Has a program run a plan, in a process that is gone afterwards, and reads what it prints.
 *
 * @param within for all of it, start-up included, ms
 * @throws {Error} naming the program, with its standard error, where it crashes, is killed, is not
 * done in time or prints no run; the signal's reason where that is aborted
 */
export async function runPeer(
  program: PeerProgram,
  plan: PeerPlan,
  task: Task,
  within: number,
): Promise<PeerRun> {
  const { origin, paths, signal, onSample } = task;
  const spawned = performance.timeOrigin + performance.now();
  const printed = await runProgram(program, JSON.stringify(plan), { deadline: within, signal });
  const run = parseRun(program, printed, { origin, requests: paths.length, spawned });
  run.samples.path.forEach((_, row) => onSample(run.samples, row));
  return run;
}
