import pl, { type DataFrame } from "nodejs-polars";
import type { OriginConfig, OriginReport } from "../origin/report.ts";
import type { Connections, Method } from "../trial/plan.ts";
import { emptySamples, type SampleColumns } from "../trial/samples.ts";
import type { Trial } from "../trial/trial.ts";
import { trialFrame, whole } from "../analysis/frames.ts";

/** Columns that hold text; all others hold numbers. */
export const TEXT = new Set(
  [
    "variant",
    "connections",
    "measured_in",
    "limits",
    "payload",
    "statuses",
    "troubles",
    "path",
    "error",
  ],
);

/**
 * {@link trialFrame} and what else a trial knows: when its client was opened (ms since the epoch),
 * the origin's parameters and the rest of its report; `limits`, `statuses` and `troubles` are JSON.
 */
export function storedTrials(trials: readonly Trial[]): DataFrame {
  const origins = trials.map((trial) => trial.origin);
  const column = (take: (origin: OriginReport) => number) => origins.map(take);
  return trialFrame(trials).withColumns(
    pl.Series("opened_ms", trials.map((trial) => trial.opened), pl.Float64),
    whole("origin_seed", column(({ config }) => config.seed)),
    pl.Series("median_ms", column(({ config }) => config.median), pl.Float64),
    pl.Series("sigma", column(({ config }) => config.sigma), pl.Float64),
    pl.Series("handshake_ms", column(({ config }) => config.handshake), pl.Float64),
    pl.Series("capacity", column(({ config }) => config.capacity), pl.Float64),
    pl.Series("limits", origins.map(({ config }) => JSON.stringify(limitsOf(config))), pl.Utf8),
    pl.Series("payload", origins.map(({ config }) => config.payload), pl.Utf8),
    whole("origin_requests", column((origin) => origin.requests)),
    whole("origin_peak_in_flight", column((origin) => origin.peakInFlight)),
    pl.Series("lateness_max_ms", column((origin) => origin.lateness.max), pl.Float64),
    pl.Series("statuses", origins.map((origin) => JSON.stringify(origin.statuses)), pl.Utf8),
    pl.Series(
      "troubles",
      origins.map(({ refused, faults }) => JSON.stringify({ refused, faults })),
      pl.Utf8,
    ),
    whole("origin_bytes", column((origin) => origin.bytes)),
    whole("backlog", column((origin) => origin.backlog)),
  );
}

/** What an origin limits, and what goes wrong there. */
function limitsOf({ queue, rate, burst, slowOneIn, faults }: OriginConfig) {
  return { queue, rate, burst, slowOneIn, faults };
}

/** Columns of a table by name. */
export type Table = Readonly<Record<string, readonly unknown[]>>;

/** One trial from its row of the stored table; `rows` are those of its samples. */
export function restoredTrial(
  table: Table,
  row: number,
  samples: SampleColumns,
  rest: { method: Method; results: readonly unknown[] },
): Trial {
  const number = (name: string) => table[name][row] as number;
  const text = (name: string) => table[name][row] as string;
  return {
    variant: text("variant"),
    block: number("block"),
    seed: number("seed"),
    method: rest.method,
    concurrency: number("concurrency"),
    connections: text("connections") as Connections,
    opened: number("opened_ms"),
    makespan: number("time_ms"),
    startUp: number("start_up_ms"),
    samples,
    results: rest.results,
    costs: {
      cpuUser: number("cpu_user_ms"),
      cpuSystem: number("cpu_system_ms"),
      // Bytes are whole: what the division by 10⁶ lost is found again.
      peakMemory: Math.round(number("peak_memory_mb") * 1e6),
      sockets: number("client_sockets"),
      peakInFlight: number("peak_in_flight"),
      stall: number("stall_ms"),
      measuredIn: text("measured_in") as Trial["costs"]["measuredIn"],
    },
    origin: {
      config: {
        seed: number("origin_seed"),
        median: number("median_ms"),
        sigma: number("sigma"),
        handshake: number("handshake_ms"),
        capacity: number("capacity"),
        // JSON has no Infinity: null is no bound.
        ...JSON.parse(text("limits"), (_, value) => value ?? Infinity),
        payload: text("payload") as "full" | "slim",
      },
      seed: number("seed"),
      requests: number("origin_requests"),
      sockets: number("origin_sockets"),
      peakInFlight: number("origin_peak_in_flight"),
      queueWait: number("queue_wait_ms"),
      lateness: { mean: number("lateness_ms"), max: number("lateness_max_ms") },
      statuses: JSON.parse(text("statuses")),
      ...JSON.parse(text("troubles")),
      bytes: number("origin_bytes"),
      backlog: number("backlog"),
    },
  };
}

/** How a sample's columns are named in the stored table; times there count from `opened`. */
const STORED: Readonly<Record<keyof SampleColumns, string>> = {
  ...{ path: "path", k: "k", status: "status", bytes: "bytes", error: "error" },
  ...{ attempt: "attempt", socket: "socket", planned: "planned_ms", start: "start_ms" },
  ...{ end: "end_ms", drawn: "drawn_ms", served: "served_ms", queue: "queue_ms" },
  handshake: "handshake_ms",
};

/** The samples in rows `from` to `to` (exclusive), their times since the epoch again. */
export function restoredSamples(
  table: Table,
  from: number,
  to: number,
  opened: number,
): SampleColumns {
  const columns = emptySamples();
  for (const [name, stored] of Object.entries(STORED) as [keyof SampleColumns, string][]) {
    const values = table[stored].slice(from, to);
    const since = ["planned", "start", "end"].includes(name);
    // Both are of one magnitude, so that neither the difference nor this sum was rounded.
    (columns as unknown as Record<string, unknown[]>)[name] = since
      ? values.map((value) => opened + (value as number))
      : values;
  }
  return columns;
}
