import { denoProgram } from "../../ground/program.ts";
import type { Task } from "../../runners/task.ts";
import type { Plan } from "../../trial/plan.ts";
import type { Run } from "../../trial/trial.ts";
import { patience, runElsewhere } from "../elsewhere/run_elsewhere.ts";

/** A {@link Plan} for a process of Deno's. */
export interface DenoPlan extends Plan {
  /** Loops that take from one queue of paths; null where a strategy does it all. */
  readonly lanes: Lanes | null;
}

/** Loops elsewhere, each of which fetches one path after the other. */
export interface Lanes {
  readonly kind: "threads" | "processes";
  /** What errors call them, e.g. "workers(5)/kept". */
  readonly name: string;
  /** Whether starting them is part of what is measured. */
  readonly startInside: boolean;
}

/** A plan without what a task says. */
export type DenoShape = Omit<DenoPlan, "origin" | "paths" | "method" | "deadline">;

/**
 * Has a process of Deno's carry out a plan of that shape.
 *
 * @param name what errors call it
 * @throws {RequestError} the one that ended the run
 * @throws {Error} naming the process, with its standard error, where it crashes or is killed
 */
export async function runInDeno(name: string, shape: DenoShape, task: Task): Promise<Run> {
  const { origin, paths, method, deadline } = task;
  const plan: DenoPlan = { origin, paths, method, deadline, ...shape };
  const program = denoProgram(name, new URL("./child.ts", import.meta.url).href);
  const within = patience(task, shape.concurrency ?? Infinity);
  return (await runElsewhere(program, plan, task, within)).run;
}
