import { mean, quantile } from "../ground/quantile.ts";
import type { Load } from "./machine.ts";
import type { LoadPlan } from "./options.ts";

/** What a load came to. Times are ms. */
export interface LoadReport
  extends Pick<LoadPlan, "connections" | "keepAlive" | "rate" | "duration"> {
  /** Requests sent. */
  readonly requests: number;
  /** From the beginning to the last answer. */
  readonly makespan: number;
  /** Answers ÷ makespan. */
  readonly requestsPerSecond: number;
  /** From the planned send to the end of the body, one an answer, in the order planned. */
  readonly latencies: readonly number[];
  /** From the real send to the end of the body: what a load tester sees that waits politely. */
  readonly fromSend: readonly number[];
  /**
   * Of `latencies`, by linear interpolation; NaN where fewer than 20 samples lie beyond, and where
   * the server did not keep up: then they only say when the load was ended.
   */
  readonly quantiles: { readonly p50: number; readonly p99: number };
  /** Answered by the end ÷ those that were to be answered by then; 1 in a closed loop. */
  readonly answered: number;
  /** How much longer the wait becomes with every second of the load, ms: of a queue that grows. */
  readonly growth: number;
  /** Requests without an answer. */
  readonly errors: number;
  /** What the first of them failed with; "" where none did. */
  readonly firstError: string;
  /** Answers with a status outside 200–299. */
  readonly notOk: number;
  /** Of all bodies. */
  readonly bytes: number;
  /** Connections opened. */
  readonly sockets: number;
  /** CPU that the generator's process used, in cores. */
  readonly generatorCores: number;
  /** Share of the machine's cores that were busy, whoever with; NaN where that is not known. */
  readonly machineBusy: number;
}

/** A request as it went; NaN for `end` where no answer came. */
export interface Sent {
  readonly planned: number;
  readonly start: number;
  readonly end: number;
  readonly status: number;
  readonly bytes: number;
  readonly error: string;
}

/** A percentile with fewer samples beyond it is one request's luck. */
const BEYOND = 20;

/** Below this share the queue grows, and with it every percentile. */
export const KEEPS_UP = 0.98;

/** Sums up. */
export function loadReport(
  plan: LoadPlan,
  begin: number,
  sent: readonly Sent[],
  lanes: readonly { readonly sockets: number }[],
  machine: Load,
): LoadReport {
  const { connections, keepAlive, rate, duration } = plan;
  const done = sent.filter(({ error }) => error === "");
  const latencies = done.map(({ planned, end }) => end - planned);
  const makespan = done.reduce((last, { end }) => Math.max(last, end), begin) - begin;
  const answered = rate === Infinity ? 1 : keptUp(done, begin + duration, sent);
  const at = (q: number) =>
    latencies.length * (1 - q) < BEYOND || answered < KEEPS_UP ? NaN : quantile(latencies, q);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    connections,
    keepAlive,
    rate,
    duration,
    requests: sent.length,
    makespan,
    requestsPerSecond: done.length === 0 ? 0 : 1000 * done.length / makespan,
    latencies,
    fromSend: done.map(({ start, end }) => end - start),
    quantiles: { p50: at(0.5), p99: at(0.99) },
    answered,
    growth: slope(done.map(({ planned }) => (planned - begin) / 1000), latencies),
    errors: sent.length - done.length,
    firstError: sent.find(({ error }) => error !== "")?.error ?? "",
    notOk: done.filter(({ status }) => status < 200 || status > 299).length,
    bytes: sum(done.map(({ bytes }) => bytes)),
    sockets: sum(lanes.map(({ sockets }) => sockets)),
    generatorCores: machine.own,
    machineBusy: machine.busy,
  };
}

/**
 * Of those planned early enough to have been answered by `end`, had every answer taken as long as the
 * first tenth's do in the middle: how many were.
 */
function keptUp(done: readonly Sent[], end: number, sent: readonly Sent[]): number {
  const first = done.slice(0, Math.max(1, Math.ceil(done.length / 10)));
  const wait = quantile(first.map((one) => one.end - one.planned), 0.5);
  const due = sent.filter(({ planned }) => planned + wait <= end).length;
  return due === 0 ? NaN : Math.min(1, done.filter((one) => one.end <= end).length / due);
}

/** Of the least-squares line through the points. */
function slope(x: readonly number[], y: readonly number[]): number {
  const [cx, cy] = [mean(x), mean(y)];
  const over = x.reduce((sum, each, i) => sum + (each - cx) * (y[i] - cy), 0);
  return over / x.reduce((sum, each) => sum + (each - cx) ** 2, 0);
}
