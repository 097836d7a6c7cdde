/** Strategies run in this process, with a client of their own. */
import { NEVER } from "../client/again.ts";
import type { BlockingClient } from "../client/blocking.ts";
import type { Client } from "../client/client.ts";
import { RequestError } from "../client/request_error.ts";
import { emptySamples } from "../trial/samples.ts";
import type { BlockingGet, BlockingStrategy, Strategy } from "../trial/strategy.ts";
import type { Run } from "../trial/trial.ts";
import { checkAwaiting, checkBlocking, checkReturned } from "./check_returned.ts";
import { interruptible } from "./interruptible.ts";
import { startMeter, watchBlocking, watchLoop } from "./meter.ts";
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
  const { paths, method, signal } = task;
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
  const open = client.open({ ...task, connections: concurrency, samples, onSample, again: NEVER });
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

/**
 * Runs a strategy that holds this thread until its last answer is here. The thread that fetches is
 * started before the clock (`startUp`) and ended after it. An abort from outside cannot be seen
 * before the end; one from `onSample` takes effect at the next request. A kernel's interrupt breaks
 * it off at once.
 *
 * @throws {TypeError} where the strategy does not block, or does not return a list with a result for each path
 */
async function runBlocking(
  strategy: BlockingStrategy,
  client: BlockingClient,
  task: Task,
): Promise<Run> {
  const { paths, method, signal } = task;
  signal.throwIfAborted();
  const samples = emptySamples();
  const begun = performance.now();
  const thread = await client.prepare();
  const startUp = performance.now() - begun;
  let over = false;
  try {
    signal.throwIfAborted();
    return await interruptible(() => {
      const readMeter = startMeter(watchBlocking());
      const opened = performance.timeOrigin + performance.now();
      const open = thread.open({ ...task, connections: 1, samples, again: NEVER });
      const get: BlockingGet = (path, options) => {
        const asked = { method, ...options };
        signal.throwIfAborted();
        if (over) throw new Error(`${asked.method} ${path}: the trial is over`);
        return open.get(path, asked);
      };
      const returned: unknown = strategy(paths, get);
      const metered = readMeter(opened, open);
      checkBlocking(returned, client.connections);
      const results = checkReturned(returned, paths, 0);
      return { opened, startUp, samples, results, ...metered };
    });
  } finally {
    over = true;
    thread.close();
  }
}
