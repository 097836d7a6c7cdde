import { listed } from "./peer_rows.ts";
import type { RecordedTrial } from "./recorded.ts";

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
