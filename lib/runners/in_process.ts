import type { BlockingClient } from "../client/blocking.ts";
import type { Client } from "../client/client.ts";
import type { BlockingStrategy, Strategy } from "../trial/strategy.ts";
import type { Run } from "../trial/trial.ts";
import { runAwaiting } from "./run_awaiting.ts";
import { runBlocking } from "./run_blocking.ts";
import type { Task } from "./task.ts";

/**
 * Runs a strategy in this process with a client of its own, closed after it. A blocking client
 * takes a BlockingStrategy, any other a Strategy.
 *
 * Rejects as {@link runAwaiting} and {@link runBlocking} do.
 */
export function runInProcess(
  strategy: Strategy | BlockingStrategy,
  client: Client | BlockingClient,
  concurrency: number,
  task: Task,
): Promise<Run> {
  return "prepare" in client
    ? runBlocking(strategy as BlockingStrategy, client, task)
    : runAwaiting(strategy as Strategy, client, concurrency, task);
}
