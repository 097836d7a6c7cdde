/** What was measured as rows of data/peers.csv. */
import { accountOf, listed, settings as inForce } from "../lib/peers/peer_rows.ts";
import type { RecordedTrial } from "../lib/peers/recorded.ts";
import type { Trial } from "../lib/trial/trial.ts";

/** A trial as a row of data/peers.csv. */
export function recordedTrial(
  trial: Trial,
  where: Pick<RecordedTrial, "table" | "set" | "recorded" | "machine">,
): RecordedTrial {
  const { versions, settings, received, bytes } = inForce([trial])[0];
  const { costs, samples, origin, variant } = trial;
  return {
    table: where.table,
    set: where.set,
    variant,
    language: accountOf(trial)?.language ?? "deno",
    ...{ versions, settings, received },
    requests: samples.path.length,
    method: trial.method,
    payload: origin.config.payload,
    median: origin.config.median,
    handshake: origin.config.handshake,
    concurrency: trial.concurrency,
    connections: trial.connections,
    block: trial.block,
    seed: trial.seed,
    time_ms: rounded(trial.makespan),
    start_up_ms: rounded(trial.startUp),
    cpu_user_ms: rounded(costs.cpuUser),
    cpu_system_ms: rounded(costs.cpuSystem),
    peak_memory_mb: rounded(costs.peakMemory / 1e6),
    sockets: costs.sockets,
    peak_in_flight: costs.peakInFlight,
    bytes,
    errors: samples.error.filter((error) => error !== "").length,
    recorded: where.recorded,
    machine: where.machine,
  };
}

const rounded = (n: number) => Math.round(n * 10) / 10;

/** A server under load, by what is recorded of it. */
export interface Loaded extends Pick<RecordedTrial, "language"> {
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
}

/** What is needed of a load on one server in one block. */
interface Load {
  readonly block: number;
  readonly report: {
    readonly requests: number;
    readonly connections: number;
    readonly keepAlive: boolean;
    readonly makespan: number;
    readonly bytes: number;
    readonly sockets: number;
    readonly errors: number;
  };
}

/** A load on a planet server as a row of data/peers.csv. */
export function recordedLoad(
  { block, report }: Load,
  { name, language, versions, settings }: Loaded,
  where: Pick<RecordedTrial, "table" | "recorded" | "machine">,
): RecordedTrial {
  const { requests, connections, keepAlive, makespan, bytes, sockets, errors } = report;
  return {
    ...{ table: where.table, set: "planets", variant: name, language },
    ...{ versions: listed(versions, " "), settings: listed(settings, ": ") },
    received: `${requests} identity`,
    ...{ requests, method: "GET", payload: "planet", median: 0, handshake: 0 },
    ...{ concurrency: connections, connections: keepAlive ? "kept" : "new", block, seed: NaN },
    time_ms: Math.round(10 * makespan) / 10,
    ...{ start_up_ms: NaN, cpu_user_ms: NaN, cpu_system_ms: NaN, peak_memory_mb: NaN },
    ...{ sockets, peak_in_flight: connections, bytes, errors },
    ...{ recorded: where.recorded, machine: where.machine },
  };
}

/**
 * Rows as CSV (RFC 4180, lines end in a line feed), the first row's names as its header; NaN is an
 * empty field.
 */
export function formatCsv(rows: readonly Readonly<Record<string, string | number>>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
  return lines.map((line) => line.map(quote).join(",") + "\n").join("");
}

function quote(value: string | number): string {
  const text = Number.isNaN(value) ? "" : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
