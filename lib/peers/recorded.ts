import defer * as pl from "nodejs-polars";
import { fileURLToPath } from "node:url";
import { quantile } from "../ground/quantile.ts";
import type { Language } from "./implementations.ts";
import type { MissingPeer, PeerSet } from "./peer_sets.ts";
import type { PeerTable } from "./peer_plan.ts";

/**
 * A trial that was recorded on another day, maybe on another machine; times in ms. Of a server under
 * load, what concerns the client alone is NaN.
 */
export interface RecordedTrial {
  readonly table: PeerTable;
  readonly set: PeerSet | "planets";
  readonly variant: string;
  readonly language: "deno" | Language;
  readonly versions: string;
  readonly settings: string;
  /** Responses by the encoding in which they came. */
  readonly received: string;
  readonly requests: number;
  readonly method: "GET" | "HEAD";
  readonly payload: "full" | "slim" | "planet";
  /** What the origin takes to answer, typically, and to open a connection, ms. */
  readonly median: number;
  readonly handshake: number;
  readonly concurrency: number;
  readonly connections: "new" | "kept";
  /** Trials of one block had the same draws. */
  readonly block: number;
  readonly seed: number;
  readonly time_ms: number;
  readonly start_up_ms: number;
  readonly cpu_user_ms: number;
  readonly cpu_system_ms: number;
  readonly peak_memory_mb: number;
  readonly sockets: number;
  readonly peak_in_flight: number;
  readonly bytes: number;
  readonly errors: number;
  /** The day, ISO 8601. */
  readonly recorded: string;
  /** Cores, memory, system. */
  readonly machine: string;
}

/** Which recorded trials are wanted; all that is left out goes. */
export type Wanted = Partial<
  Pick<RecordedTrial, "table" | "set" | "method" | "requests" | "payload">
>;

/**
 * The trials that data/peers.csv holds, for a machine without Go or Python; each says when and
 * where it was recorded. Not to be compared with trials that were run elsewhere, only with each
 * other: Deno's are among them.
 */
export function recordedTrials(wanted: Wanted = {}): RecordedTrial[] {
  const file = fileURLToPath(new URL("../../data/peers.csv", import.meta.url));
  const rows = pl.readCSV(file, { quoteChar: '"', inferSchemaLength: 10_000 }).toRecords();
  const trials = rows.map((row) => {
    const entries = Object.entries(row).map(([name, value]) => [name, value ?? NaN]);
    // Infinity is no number to whoever infers types.
    return {
      ...Object.fromEntries(entries),
      concurrency: Number(row.concurrency),
    } as RecordedTrial;
  });
  return trials.filter((trial) =>
    Object.entries(wanted).every(([name, value]) => trial[name as keyof RecordedTrial] === value)
  );
}

/**
 * A variant as it was recorded, medians of its trials (of how many a server under load answered,
 * too): no figures of this machine, and the day and the machine say so.
 */
export interface RecordedRow
  extends
    Pick<RecordedTrial, "variant" | "requests" | "method" | "time_ms" | "peak_memory_mb">,
    Pick<RecordedTrial, "sockets" | "versions" | "settings" | "received" | "recorded" | "machine"> {
  readonly trials: number;
  readonly cpu_ms: number;
}

/** A variant that cannot run here: what to install, and what was recorded elsewhere, if it was. */
export type StandIn =
  & { readonly variant: string; readonly install: string }
  & Partial<
    Pick<RecordedRow, "requests" | "time_ms" | "peak_memory_mb" | "recorded" | "machine">
  >;

/**
 * A row for each variant in data/peers.csv that is like `wanted`, Deno's among them. They may be
 * compared with each other, not with trials that were run elsewhere.
 *
 * ```ts
 * await show(recorded({ set: "fastest" }));
 * ```
 */
export function recorded(wanted: Wanted = {}): RecordedRow[] {
  const groups = Map.groupBy(
    recordedTrials(wanted),
    ({ set, variant, requests, method }) =>
      `${variant} ${method} ${set === "planets" ? "" : requests}`,
  );
  return [...groups.values()].map(summed);
}

/**
 * A row for each variant that is missing here: what to install, and its recorded run. Where that
 * was of another concurrency, its name says which.
 *
 * ```ts
 * await show(standIns(theirs.missing, {}));
 * ```
 */
export function standIns(missing: readonly MissingPeer[], wanted: Wanted): StandIn[] {
  const rows = recorded(wanted);
  return missing.flatMap(({ variant, install }) => {
    const own = rows.filter((row) => row.variant === variant);
    const like = rows.filter((row) => unbounded(row.variant) === unbounded(variant));
    const found = own.length > 0 ? own : like;
    if (found.length === 0) return [{ variant, install }];
    return found.map(({ variant, requests, time_ms, peak_memory_mb, recorded, machine }) => ({
      variant,
      install,
      requests,
      time_ms,
      ...(Number.isNaN(peak_memory_mb) ? {} : { peak_memory_mb }),
      recorded,
      machine,
    }));
  });
}

/** The name without the concurrency: "Go pool(10)/kept" is "Go pool/kept". */
const unbounded = (name: string): string => name.replace(/\(\d+\)/, "");

function summed(trials: readonly RecordedTrial[]): RecordedRow {
  const [{ variant, method, versions, settings, received, recorded, machine }] = trials;
  const median = (take: (trial: RecordedTrial) => number) => quantile(trials.map(take), 0.5);
  return {
    variant,
    trials: trials.length,
    requests: median((trial) => trial.requests),
    method,
    time_ms: median((trial) => trial.time_ms),
    cpu_ms: median((trial) => trial.cpu_user_ms + trial.cpu_system_ms),
    peak_memory_mb: median((trial) => trial.peak_memory_mb),
    sockets: median((trial) => trial.sockets),
    versions,
    settings,
    received,
    recorded,
    machine,
  };
}
