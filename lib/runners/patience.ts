import { LONGEST_TIMER } from "../ground/deadline.ts";
import type { Task } from "./task.ts";

/** How long a process may take to start and to report, ms. */
const allowance = 30_000;

/** How long a run may take where every request takes as long as it may, ms. */
export function patience(task: Task, concurrency: number): number {
  const requests = task.paths.length;
  const rounds = requests === 0 ? 0 : Math.ceil(requests / Math.min(concurrency, requests));
  return Math.min(allowance + rounds * task.deadline, LONGEST_TIMER);
}
