import type { BlockingClient } from "../client/blocking.ts";
import type { Client } from "../client/client.ts";
import { checkKnown } from "../ground/known_options.ts";
import type { Connections, Method } from "../trial/plan.ts";
import type { SampleColumns } from "../trial/samples.ts";
import { type Bounded, checkBound } from "../strategies/bounded.ts";
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

/** What else a variant may be told. */
export interface VariantOptions {
  /** By default the strategy's and the client's, e.g. "pool(10)/kept". */
  readonly name?: string;
  /** Requests it lets overlap; by default what the strategy says of itself, else Infinity. */
  readonly concurrency?: number;
}

/**
 * A strategy with a client, run in this process. A strategy of the library brings its name and its
 * concurrency; one written in a cell is named after its constant, and nothing bounds it unless
 * `concurrency` says so. A blocking strategy takes a blocking client, any other an awaiting one.
 *
 * @throws {TypeError} where strategy, client or name is none
 * @throws {RangeError} for a concurrency that is no whole number from 1 up and not Infinity
 */
export function variant(
  strategy: BlockingStrategy,
  client: BlockingClient,
  options?: VariantOptions,
): Variant;
export function variant(strategy: Strategy, client: Client, options?: VariantOptions): Variant;
export function variant(
  strategy: Strategy | BlockingStrategy,
  client: Client | BlockingClient,
  options: VariantOptions = {},
): Variant {
  if (typeof strategy !== "function") {
    throw new TypeError(`variant: strategy must be a function: ${Deno.inspect(strategy)}`);
  }
  if (!isClient(client)) {
    throw new TypeError(
      `variant: client must be fresh, keptAlive or blocking(either): ${Deno.inspect(client)}`,
    );
  }
  checkKnown("variant", options, ["name", "concurrency"]);
  const name = options.name ?? `${strategy.name || "strategy"}/${client.name}`;
  if (typeof name !== "string" || name === "") {
    throw new TypeError(`variant: name must be a text that is not empty: ${Deno.inspect(name)}`);
  }
  const most = "prepare" in client ? 1 : Infinity;
  const own = (strategy as Partial<Bounded>).concurrency ?? most;
  const concurrency = checkBound("variant: concurrency", options.concurrency ?? own);
  const { connections } = client;
  const run = (task: Task) => runInProcess(strategy, client, concurrency, task);
  return { name, concurrency, connections, run };
}

function isClient(client: unknown): boolean {
  return typeof client === "object" && client !== null && ("open" in client || "prepare" in client);
}
