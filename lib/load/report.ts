import { quantile } from "../ground/quantile.ts";
import type { LoadPlan } from "./options.ts";

/** What a load came to. Times are ms. */
export interface LoadReport {
  readonly url: string;
  readonly requests: number;
  readonly connections: number;
  readonly keepAlive: boolean;
  /** Requests planned a second; Infinity in a closed loop. */
  readonly rate: number;
  /** From the first request planned to the last answer. */
  readonly makespan: number;
  /** Answers ÷ makespan. */
  readonly requestsPerSecond: number;
  /** From the planned send to the end of the body, one an answer, in the order planned. */
  readonly latencies: readonly number[];
  /** From the real send to the end of the body: what a load tester sees that waits politely. */
  readonly fromSend: readonly number[];
  /** Of `latencies`, by linear interpolation. */
  readonly quantiles: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
  };
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
  /** Answers on a connection that had brought one before. */
  readonly reused: number;
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

/** Sums up. */
export function loadReport(
  plan: LoadPlan,
  sent: readonly Sent[],
  connections: readonly { readonly sockets: number; readonly reused: number }[],
): LoadReport {
  const { target: { url }, requests, keepAlive, rate } = plan;
  const answered = sent.filter(({ error }) => error === "");
  const latencies = answered.map(({ planned, end }) => end - planned);
  const begin = Math.min(...sent.slice(0, plan.connections).map(({ planned }) => planned));
  const makespan = answered.reduce((last, { end }) => Math.max(last, end), begin) - begin;
  const at = (q: number) => quantile(latencies, q);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    ...{ url, requests, connections: plan.connections, keepAlive, rate, makespan },
    requestsPerSecond: answered.length === 0 ? 0 : 1000 * answered.length / makespan,
    latencies,
    fromSend: answered.map(({ start, end }) => end - start),
    quantiles: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
    errors: sent.length - answered.length,
    firstError: sent.find(({ error }) => error !== "")?.error ?? "",
    notOk: answered.filter(({ status }) => status < 200 || status > 299).length,
    bytes: sum(answered.map(({ bytes }) => bytes)),
    sockets: sum(connections.map(({ sockets }) => sockets)),
    reused: sum(connections.map(({ reused }) => reused)),
  };
}
