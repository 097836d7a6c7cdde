import process from "node:process";
import type { BlockingClient } from "../client/blocking.ts";
import type { Client } from "../client/client.ts";
import { emptySamples } from "../trial/samples.ts";
import type { BlockingGet, BlockingStrategy, Get, Strategy } from "../trial/strategy.ts";
import type { Run } from "../trial/trial.ts";
import { watchLoop } from "./stall.ts";
import type { Task } from "./variant.ts";

/**
 * Runs a strategy in this process with a client of its own, opened inside the clock and closed
 * after it. The first failure rejects with the error that names its request; all others are
 * cancelled by then, and nothing is left in flight.
 *
 * @throws {TypeError} where the strategy does not return a list, or a list of another length
 * @throws {Error} where it returns while requests are in flight
 */
export async function runInProcess(
  strategy: Strategy | BlockingStrategy,
  client: Client | BlockingClient,
  concurrency: number,
  task: Task,
): Promise<Run> {
  const { paths, method, signal } = task;
  signal.throwIfAborted();
  const samples = emptySamples();
  const { origin, deadline, onSample } = task;
  const opening = { origin, connections: concurrency, deadline, signal, samples, onSample };
  const begun = performance.now();
  const ready = "prepare" in client ? await client.prepare() : client;
  const startUp = "prepare" in client ? performance.now() - begun : 0;
  const unwatch = watchLoop();
  const before = process.cpuUsage();
  const start = performance.now();
  const open = ready.open(opening);
  // The strategies know of no method: the plan has it.
  const get = (path: string, options = { method }) => open.get(path, options);
  let results: unknown;
  try {
    results = await strategy(paths, get as Get & BlockingGet);
    const makespan = performance.now() - start;
    const watched = unwatch();
    const cpu = process.cpuUsage(before);
    const { sockets, peakInFlight, inFlight } = open;
    if (inFlight > 0) throw new Error(unfinished(inFlight));
    return {
      opened: performance.timeOrigin + start,
      makespan,
      startUp,
      samples,
      costs: {
        cpuUser: cpu.user / 1000,
        cpuSystem: cpu.system / 1000,
        ...watched,
        sockets,
        peakInFlight,
        measuredIn: "caller's process",
      },
      results: listed(results, paths.length),
    };
  } finally {
    unwatch();
    await open.close();
  }
}

const unfinished = (n: number): string =>
  `the strategy returned with ${n} request${
    n > 1 ? "s" : ""
  } still in flight: is an await missing?`;

function listed(results: unknown, length: number): readonly unknown[] {
  if (!Array.isArray(results)) {
    throw new TypeError(`a strategy returns a list with a result a path; got ${typeof results}`);
  }
  if (results.length !== length) {
    throw new TypeError(`the strategy returned ${results.length} results for ${length} paths`);
  }
  return results;
}
