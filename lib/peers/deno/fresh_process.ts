import type { BlockingClient } from "../../client/blocking.ts";
import type { Client } from "../../client/client.ts";
import { LIBRARY_CLIENT } from "../../client/library_clients.ts";
import { check, resolve, TEXT } from "../../ground/options.ts";
import type { Variant } from "../../runners/task.ts";
import type { BlockingStrategy, Strategy } from "../../trial/strategy.ts";
import { meansOf, scheduleOf } from "./means.ts";
import { runInDeno } from "./run_in_deno.ts";

/**
 * A library strategy with a client, run in a process of its own, new for each trial: its CPU time
 * and memory are the work's alone, without the notebook's heap. The process opens the client itself;
 * its start-up comes before the clock. It is gone at the end, on abort, and when this process dies.
 *
 * Its code has not run before and so is not yet compiled: compare its time with that of other
 * processes, not with variants of this one.
 *
 * ```ts
 * const alone = inFreshProcess(strategies.concurrent, keptAlive);
 * const { costs } = await trial(alone, { origin, paths, seed: 1 });
 * ```
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
  const { name } = resolve("inFreshProcess", options, {
    name: TEXT.or(`${strategy.name}/${client.name} (own process)`),
  });
  const { concurrency } = strategy as unknown as { concurrency: number };
  const { connections } = client;
  const shape = { schedule, concurrency: finite(concurrency), connections, lanes: null };
  // A bound that is not one is found here, not in every trial.
  meansOf(shape);
  return { name, concurrency, connections, run: (task) => runInDeno(name, shape, task) };
}

const finite = (n: number): number | null => (n === Infinity ? null : n);
