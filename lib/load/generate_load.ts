import { until } from "../ground/deadline.ts";
import { random } from "../ground/random.ts";
import { Connection } from "./connection.ts";
import { watchMachine } from "./machine.ts";
import type { LoadPlan } from "./options.ts";
import { untilInterrupted } from "../show/kernel.ts";
import { type LoadReport, loadReport, type Sent } from "./report.ts";

/**
 * GETs of one URL of this machine for a while, so many at a time, as `ab -k -c 20 -t 1` makes them.
 *
 * With a `rate` requests come at random, as visitors do, and latency counts from when each was to be
 * sent, so that a server which stalls is charged for all whom it kept waiting, not only for those
 * whom the generator happened to send (G. Tene's "coordinated omission").
 *
 * Requests that get no answer are counted, not thrown.
 *
 * @throws the signal's reason, when it is aborted; in a notebook, that it was interrupted
 */
export async function generateLoad(plan: LoadPlan): Promise<LoadReport> {
  const { target, duration, keepAlive, rate, seed, deadline } = plan;
  using stop = untilInterrupted(plan.signal);
  const { signal } = stop;
  signal.throwIfAborted();
  const connections = Array.from(
    { length: plan.connections },
    () => new Connection(target, keepAlive),
  );
  const visits = rate === Infinity ? null : arrivals(rate, duration, seed);
  const sent: Sent[] = [];
  const closeAll = () => connections.forEach((connection) => connection.close());
  signal.addEventListener("abort", closeAll);
  const watch = setInterval(() => {
    const now = performance.now();
    for (const connection of connections) {
      // One that was being opened when the signal came is closed here.
      if (signal.aborted || now - connection.since > deadline) connection.close();
    }
  }, Math.min(250, Math.max(1, deadline / 10)));
  const watched = watchMachine();
  const begin = performance.now();
  let next = 0;
  /** When the next request is to be sent; undefined when there is none. */
  const due = () => {
    if (visits !== null) return next < visits.length ? begin + visits[next] : undefined;
    const now = performance.now();
    return now < begin + duration ? now : undefined;
  };

  /** One connection's requests: each the next one planned, as soon as it is free. */
  async function lane(connection: Connection): Promise<void> {
    for (let planned = due(); planned !== undefined && !signal.aborted; planned = due()) {
      const i = next++;
      if (planned > performance.now()) await until(planned, signal);
      const start = performance.now();
      const at = planned;
      sent[i] = await connection.ask().then(
        ({ status, bytes }) => {
          return { planned: at, start, end: performance.now(), status, bytes, error: "" };
        },
        (error) => ({ planned: at, start, end: NaN, status: 0, bytes: 0, error: String(error) }),
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
  return loadReport(plan, begin, sent, connections, watched());
}

/**
 * When visitors come who know nothing of each other, ms from the start: a Poisson process, whose gaps
 * are exponential with mean 1/rate (S. D. Poisson, 1837). The same seed gives the same visits.
 *
 * @param rate a second
 * @param duration ms: nobody comes later
 */
export function arrivals(rate: number, duration: number, seed: number): number[] {
  const next = random(seed);
  const gap = () => -1000 / rate * Math.log(1 - next());
  const visits: number[] = [];
  for (let at = gap(); at < duration; at += gap()) visits.push(at);
  return visits;
}
