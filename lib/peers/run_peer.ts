import type { Task } from "../runners/task.ts";
import { parseRun, type PeerRun } from "./parse_run.ts";
import type { PeerPlan } from "./peer_plan.ts";
import { type PeerProgram, runProgram } from "../ground/program.ts";

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
