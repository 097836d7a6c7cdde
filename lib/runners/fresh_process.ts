import type { BlockingClient } from "../client/blocking.ts";
import type { Client } from "../client/client.ts";
import { LIBRARY_CLIENT } from "../client/library_client.ts";
import { check } from "../ground/options.ts";
import { checkKnown } from "../ground/known_options.ts";
import type { Plan } from "../trial/plan.ts";
import type { BlockingStrategy, Strategy } from "../trial/strategy.ts";
import type { Run } from "../trial/trial.ts";
import { readReport } from "./child_report.ts";
import { denoProgram } from "../ground/deno_program.ts";
import { runProgram } from "../ground/program.ts";
import { patience } from "./patience.ts";
import { meansOf, scheduleOf } from "./planned.ts";
import type { Task } from "./task.ts";
import type { Variant } from "./variant.ts";

/**
 * A library strategy with a client, run in a process of its own, new for each trial: its CPU time
 * and memory are the work's alone, without the notebook's heap. The process opens the client itself;
 * its start-up comes before the clock. It is gone at the end, on abort, and when this process dies.
 *
 * Its code has not run before and so is not yet compiled: compare its time with that of other
 * processes, not with variants of this one.
 *
 * @throws {TypeError} for a strategy that is not the library's, which cannot leave this process, or
 * one that does not go with the client
 */
export function inFreshProcess(
  strategy: Strategy | BlockingStrategy,
  client: Client | BlockingClient,
  options: { name?: string } = {},
): Variant {
  const schedule = scheduleOf(strategy);
  if (("prepare" in client) !== (schedule === "sequential")) {
    throw new TypeError(
      `inFreshProcess: "${schedule}" takes ${
        schedule === "sequential" ? "a blocking client" : "fresh or keptAlive"
      }`,
    );
  }
  if (!("prepare" in client)) check("inFreshProcess", "client", client, LIBRARY_CLIENT);
  checkKnown("inFreshProcess", options, ["name"]);
  const { concurrency } = strategy as unknown as { concurrency: number };
  const { connections } = client;
  const name = options.name ?? `${strategy.name}/${client.name} (own process)`;
  const shape = { schedule, concurrency: finite(concurrency), connections };
  // A bound that is none is found here, not in every trial.
  meansOf(shape);
  return { name, concurrency, connections, run: (task) => runInChild(name, shape, task) };
}

/**
 * Has a child of the lab carry out a plan of that shape.
 * @throws {RequestError} the one that ended the run
 * @throws {Error} naming the process, with its standard error, where it crashes or is killed
 */
export async function runInChild(
  name: string,
  shape: Pick<Plan, "schedule" | "concurrency" | "connections">,
  task: Task,
): Promise<Run> {
  const { origin, paths, method, deadline, signal, onSample } = task;
  const plan: Plan = { urls: paths.map((path) => origin + path), method, deadline, ...shape };
  const spawned = performance.timeOrigin + performance.now();
  const within = patience(task, shape.concurrency ?? Infinity);
  const program = denoProgram(name, new URL("./child.ts", import.meta.url));
  const run = readReport(
    await runProgram(program, JSON.stringify(plan), { deadline: within, signal }),
  );
  run.samples.path.forEach((_, row) => onSample(run.samples, row));
  return { ...run, startUp: run.opened - spawned };
}

const finite = (n: number): number | null => (n === Infinity ? null : n);
