import type { BlockingClient } from "../client/blocking.ts";
import { emptySamples } from "../trial/samples.ts";
import type { BlockingGet, BlockingStrategy } from "../trial/strategy.ts";
import type { Run } from "../trial/trial.ts";
import { startMeter, watchBlocking } from "./meter.ts";
import { checkBlocking, checkReturned } from "./check_returned.ts";
import { interruptible } from "./interruptible.ts";
import type { Task } from "./task.ts";

/**
 * Runs a strategy that holds this thread until its last answer is here. The thread that fetches is
 * started before the clock (`startUp`) and ended after it. An abort from outside cannot be seen
 * before the end; one from `onSample` takes effect at the next request. A kernel's interrupt breaks
 * it off at once.
 *
 * @throws {TypeError} where the strategy does not block, or does not return a list with a result for each path
 */
export async function runBlocking(
  strategy: BlockingStrategy,
  client: BlockingClient,
  task: Task,
): Promise<Run> {
  const { origin, paths, method, deadline, signal, onSample } = task;
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
      const open = thread.open({ origin, connections: 1, deadline, samples, onSample });
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
