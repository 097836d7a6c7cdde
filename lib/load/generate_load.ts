import { Connection } from "./connection.ts";
import { type LoadOptions, type LoadPlan, resolveLoad } from "./options.ts";
import { type LoadReport, loadReport, type Sent } from "./report.ts";

export type { LoadOptions } from "./options.ts";
export type { LoadReport } from "./report.ts";

/**
 * So many GETs of one URL of this machine, so many at a time, as `ab -k -c 20 -n 1000` makes them.
 *
 * With a `rate` requests are planned at even distances and latency counts from the planned send, so
 * that a server which stalls is charged for all whom it kept waiting, not only for those whom the
 * generator happened to send (G. Tene's "coordinated omission").
 *
 * ```ts
 * const { requestsPerSecond } = await generateLoad(tracker.url + "/planets/mars", { requests: 1000 });
 * ```
 *
 * Requests that get no answer are counted, not thrown.
 *
 * @throws {RangeError | TypeError} naming an option that is wrong, or a URL beyond this machine
 * @throws the signal's reason, when it is aborted
 */
export async function generateLoad(
  url: string | URL,
  options: LoadOptions = {},
): Promise<LoadReport> {
  return await runLoad(resolveLoad(url, options));
}

/** The load as planned; rejects with the signal's reason when it is aborted. */
export async function runLoad(plan: LoadPlan): Promise<LoadReport> {
  const { target, requests, keepAlive, rate, deadline, signal } = plan;
  signal.throwIfAborted();
  const connections = Array.from(
    { length: Math.min(plan.connections, requests) },
    () => new Connection(target, keepAlive),
  );
  const sent: Sent[] = new Array(requests);
  const closeAll = () => connections.forEach((connection) => connection.close());
  signal.addEventListener("abort", closeAll);
  const watch = setInterval(() => {
    const now = performance.now();
    for (const connection of connections) {
      // One that was being opened when the signal came is closed here.
      if (signal.aborted || now - connection.since > deadline) connection.close();
    }
  }, Math.min(250, Math.max(1, deadline / 10)));
  const begin = performance.now();
  let next = 0;

  /** One connection's requests: each the next one planned, as soon as it is free. */
  async function lane(connection: Connection): Promise<void> {
    while (next < requests && !signal.aborted) {
      const i = next++;
      const due = begin + 1000 * i / rate;
      if (due > performance.now()) await until(due);
      const start = performance.now();
      const planned = rate === Infinity ? start : due;
      sent[i] = await connection.ask().then(
        ({ status, bytes }) => {
          return { planned, start, end: performance.now(), status, bytes, error: "" };
        },
        (error) => ({ planned, start, end: NaN, status: 0, bytes: 0, error: String(error) }),
      );
    }
  }

  try {
    await Promise.all(connections.map(lane));
  } finally {
    clearInterval(watch);
    signal.removeEventListener("abort", closeAll);
    closeAll();
  }
  signal.throwIfAborted();
  return loadReport(plan, sent, connections);
}

/** Timers count whole ms and may be early by a part of one: the rest is waited for again. */
async function until(due: number): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now()) {
    await new Promise((resolve) => setTimeout(resolve, left));
  }
}
