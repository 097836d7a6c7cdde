import { RequestError } from "../../client/request_error.ts";
import { LONGEST_TIMER } from "../../ground/deadline.ts";
import { type Program, start } from "../../ground/program.ts";
import type { Task } from "../../runners/task.ts";
import type { Plan } from "../../trial/plan.ts";
import { Listener } from "./listener.ts";
import type { Said, SaidFailure } from "./said.ts";

/** What a plan that was run elsewhere came to. */
type Elsewhere = ReturnType<Listener["run"]>;

/**
 * Has a program carry out a plan, in a process that is gone afterwards with all that it started.
 *
 * @param within for all of it, start-up included, ms
 * @throws {RequestError} the one that ended the run
 * @throws {Error} naming the program, with its standard error, where it crashes, is killed, is not
 * done in time or says what is not a run; the signal's reason where that is aborted
 */
export async function runElsewhere(
  program: Program,
  plan: Plan,
  task: Task,
  within: number,
): Promise<Elsewhere> {
  const { signal } = task;
  signal.throwIfAborted();
  const spawned = performance.timeOrigin + performance.now();
  const child = start(program);
  const listener = new Listener(task, spawned, child.failure);
  const listen = async (): Promise<Elsewhere> => {
    for await (const line of child.lines) {
      const said = parse(line);
      if ("sample" in said) listener.sample(said.sample);
      else if ("run" in said) return listener.run(said.run);
      else if ("failed" in said) throw errorOf(said.failed, task);
      else throw child.failure(`printed what is not a run: ${JSON.stringify(line.slice(0, 200))}`);
    }
    throw await child.ending();
  };
  const { promise: halted, reject: halt } = Promise.withResolvers<never>();
  const abort = () => halt(signal.reason);
  const late = () => halt(child.failure(`was not done after ${within} ms and was ended`));
  const timer = setTimeout(late, within);
  signal.addEventListener("abort", abort);
  child.tell(plan);
  try {
    return await Promise.race([listen(), halted]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    await child.end();
  }
}

function parse(line: string): Said | Record<never, never> {
  try {
    const said = JSON.parse(line);
    return typeof said === "object" && said !== null ? said : {};
  } catch {
    return {};
  }
}

function errorOf({ message, request }: SaidFailure, { method }: Task): Error {
  if (request === null) return new Error(message);
  return new RequestError(request.kind, method, request.path, request.problem);
}

/** How long a process may take to start and to report, ms. */
const ALLOWANCE = 30_000;

/** How long a run may take where every request takes as long as it may, ms. */
export function patience(task: Task, concurrency: number): number {
  const requests = task.paths.length;
  const rounds = requests === 0 ? 0 : Math.ceil(requests / Math.min(concurrency, requests));
  return Math.min(ALLOWANCE + rounds * task.deadline, LONGEST_TIMER);
}
