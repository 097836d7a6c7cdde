import type { BlockingClient } from "../client/blocking.ts";
import type { Client } from "../client/client.ts";
import type { Connections, Method } from "../trial/plan.ts";
import type { SampleColumns } from "../trial/samples.ts";
import type { BlockingStrategy, Strategy } from "../trial/strategy.ts";
import type { Run } from "../trial/trial.ts";
import { runInProcess } from "./in_process.ts";

/** One pass, as a runner is asked for it; nothing left open. */
export interface Task {
  /** Where the API answers, no trailing slash. */
  readonly origin: string;
  readonly paths: readonly string[];
  readonly method: Method;
  /** For each request, ms. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Called as each request finishes, with its row. */
  readonly onSample: (columns: SampleColumns, row: number) => void;
}

/** A way of doing the work, named: what an experiment compares. */
export interface Variant {
  readonly name: string;
  /** Requests it lets overlap; Infinity where nothing bounds it. */
  readonly concurrency: number;
  readonly connections: Connections;
  run(task: Task): Promise<Run>;
}

/**
 * A strategy with a client, run in this process. A strategy of the library brings its name and its
 * concurrency; one written in a cell is named after its constant, and nothing bounds it unless
 * `concurrency` says so. A blocking strategy takes a blocking client, any other an asynchronous one.
 *
 * @throws {TypeError} where strategy and client do not go together, or are none
 * @throws {RangeError} for a concurrency that is no whole number from 1 and not Infinity
 */
export function variant(
  strategy: Strategy | BlockingStrategy,
  client: Client | BlockingClient,
  options: { name?: string; concurrency?: number } = {},
): Variant {
  if (typeof strategy !== "function") {
    throw new TypeError(`variant: the strategy must be a function, not ${typeof strategy}`);
  }
  if (typeof client !== "object" || !("open" in client || "prepare" in client)) {
    throw new TypeError("variant: the client must be fresh, keptAlive or blocking(one of them)");
  }
  const blocks = "prepare" in client;
  const declared = (strategy as { concurrency?: number }).concurrency;
  const concurrency = options.concurrency ?? (blocks ? 1 : declared ?? Infinity);
  if (concurrency !== Infinity && (!Number.isInteger(concurrency) || concurrency < 1)) {
    throw new RangeError(`variant: concurrency must be a whole number from 1; got ${concurrency}`);
  }
  const name = options.name ?? `${strategy.name || "strategy"}/${client.name}`;
  const { connections } = client;
  const run = (task: Task) => runInProcess(strategy, client, concurrency, task);
  return { name, concurrency, connections, run };
}
