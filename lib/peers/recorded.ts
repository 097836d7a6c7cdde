import pl from "nodejs-polars";
import { fileURLToPath } from "node:url";
import type { Language } from "./implementations.ts";
import type { PeerSet } from "./peer_sets.ts";
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
