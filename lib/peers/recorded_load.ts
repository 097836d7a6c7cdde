import type { PlanetServer } from "./planet_server.ts";
import type { RecordedTrial } from "./recorded.ts";

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
  { name, versions, settings }: Pick<PlanetServer, "name" | "versions" | "settings">,
  where: Pick<RecordedTrial, "table" | "recorded" | "machine">,
): RecordedTrial {
  const list = (entries: Readonly<Record<string, string>>, between: string) =>
    Object.entries(entries).map(([name, value]) => `${name}${between}${value}`).join(", ");
  const { requests, connections, keepAlive, makespan, bytes, sockets, errors } = report;
  return {
    ...{ table: where.table, set: "planets", variant: name },
    language: name.startsWith("Deno") ? "deno" : "python",
    ...{ versions: list(versions, " "), settings: list(settings, ": ") },
    received: `${requests} identity`,
    ...{ requests, method: "GET", payload: "planet", median: 0, handshake: 0 },
    ...{ concurrency: connections, connections: keepAlive ? "kept" : "new", block, seed: NaN },
    time_ms: Math.round(10 * makespan) / 10,
    ...{ start_up_ms: NaN, cpu_user_ms: NaN, cpu_system_ms: NaN, peak_memory_mb: NaN },
    ...{ sockets, peak_in_flight: connections, bytes, errors },
    ...{ recorded: where.recorded, machine: where.machine },
  };
}
