import type { Client } from "../client/client.ts";
import { RequestError } from "../client/request_error.ts";
import { emptySamples } from "../trial/samples.ts";
import type { Strategy } from "../trial/strategy.ts";
import type { Run } from "../trial/trial.ts";
import { startMeter, watchLoop } from "./meter.ts";
import { checkAwaiting, checkReturned } from "./check_returned.ts";
import type { Task } from "./task.ts";

/**
 * Runs a strategy on this event loop with a client of its own, opened inside the clock and closed
 * after it. Its first failure, or the signal's, is what this rejects with; by then everything else
 * has been cancelled and every connection closed.
 *
 * @throws {TypeError} where the strategy does not await, or does not return a list with a result for each path
 * @throws {Error} where it returns while requests are in flight
 */
export async function runAwaiting(
  strategy: Strategy,
  client: Client,
  concurrency: number,
  task: Task,
): Promise<Run> {
  const { origin, paths, method, deadline, signal } = task;
  signal.throwIfAborted();
  const samples = emptySamples();
  const { promise: stopped, reject: stop } = Promise.withResolvers<never>();
  stopped.catch(() => {}); // it may come when the strategy is over, and then says nothing
  const onSample: Task["onSample"] = (columns, row) => {
    try {
      task.onSample(columns, row);
    } catch (error) {
      stop(error);
    }
  };
  const onAbort = () => stop(signal.reason);
  // A failure that the strategy has not come to await yet: it is this run's, not the program's end.
  const onRejection = (event: PromiseRejectionEvent) => {
    if (!(event.reason instanceof RequestError)) return;
    event.preventDefault();
    stop(event.reason);
  };
  signal.addEventListener("abort", onAbort);
  globalThis.addEventListener("unhandledrejection", onRejection);
  const over = new AbortController();
  const unwatch = watchLoop();
  const readMeter = startMeter(unwatch);
  const opened = performance.timeOrigin + performance.now();
  const open = client.open({ origin, connections: concurrency, deadline, samples, onSample });
  let cause: unknown = new Error("the trial is over");
  try {
    // The strategies know of no method: the task has it.
    const get: typeof open.get = (path, options) => open.get(path, { method, ...options });
    const running: unknown = strategy(paths, get, over.signal);
    checkAwaiting(running, open.inFlight, client.connections);
    const results = checkReturned(await Promise.race([running, stopped]), paths, open.inFlight);
    return { opened, startUp: 0, samples, results, ...readMeter(opened, open) };
  } catch (error) {
    cause = error;
    throw error;
  } finally {
    unwatch();
    over.abort(cause);
    await open.close(cause);
    signal.removeEventListener("abort", onAbort);
    globalThis.removeEventListener("unhandledrejection", onRejection);
  }
}
