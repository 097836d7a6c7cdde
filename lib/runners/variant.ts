import type { BlockingClient } from "../client/blocking.ts";
import type { Client } from "../client/client.ts";
import { check, COUNT, func, Kind, resolve, TEXT } from "../ground/options.ts";
import type { Bounded } from "../strategies/library_strategy.ts";
import type { BlockingStrategy, Strategy } from "../trial/strategy.ts";
import { runInProcess } from "./in_process.ts";
import type { Task, Variant } from "./task.ts";

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
 * ```ts
 * const five = variant(strategies.pool(5), keptAlive, { name: "five at a time" });
 * ```
 *
 * @throws {TypeError} where strategy, client or name is not one
 * @throws {RangeError} for a concurrency that is neither a whole number from 1 up nor Infinity
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
  check("variant", "strategy", strategy, func());
  check("variant", "client", client, CLIENT);
  const most = "prepare" in client ? 1 : Infinity;
  const { name, concurrency } = resolve("variant", options, {
    name: TEXT.or(`${strategy.name || "strategy"}/${client.name}`),
    concurrency: COUNT.or((strategy as Partial<Bounded>).concurrency ?? most),
  });
  const { connections } = client;
  const run = (task: Task) => runInProcess(strategy, client, concurrency, task);
  return { name, concurrency, connections, run };
}

const CLIENT = new Kind<Client | BlockingClient>(
  "keptAlive, fresh, fetching, blocking(…) or client(…)",
  (client) =>
    typeof client === "object" && client !== null && ("open" in client || "prepare" in client),
);
