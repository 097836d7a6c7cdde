import type { Trial } from "../trial/trial.ts";
import type { Account } from "./elsewhere/listener.ts";
import type { PeerRun } from "./peer.ts";

/** What was in force in a variant's trial, and what came over the wire. */
export interface PeerRow {
  readonly variant: string;
  readonly versions: string;
  readonly settings: string;
  /** Responses by the encoding in which they came, e.g. "150 identity". */
  readonly received: string;
  /** Bytes of bodies as they came, and as the origin sent them. */
  readonly bytes: number;
  readonly sent: number;
  /** Connections that may wait to be accepted. */
  readonly backlog: number;
  readonly start_up_ms: number;
}

/** What a peer said of its trial; null for one of Deno's. */
export function accountOf(trial: Trial): PeerRun["peer"] | null {
  return (trial as Trial & Partial<PeerRun>).peer ?? null;
}

/**
 * The settings of each variant, a row a variant, from the first of its trials.
 *
 * ```ts
 * await show(settings(trials));
 * ```
 */
export function settings(trials: readonly Trial[]): PeerRow[] {
  const names = [...new Set(trials.map((trial) => trial.variant))];
  return names.map((name) => row(trials.find((trial) => trial.variant === name)!));
}

/** Named texts as one: "python 3.11.2, requests 2.28.1". */
export const listed = (entries: Readonly<Record<string, string>>, between: string): string =>
  Object.entries(entries).map(([name, value]) => `${name}${between}${value}`).join(", ");

function row(trial: Trial): PeerRow {
  const account = accountOf(trial) ?? deno(trial);
  const received = Object.entries(account.encodings).map(([name, n]) => `${n} ${name}`);
  return {
    variant: trial.variant,
    versions: listed(account.versions, " "),
    settings: listed(account.settings, ": "),
    received: received.join(", "),
    bytes: trial.samples.bytes.reduce((sum, bytes) => sum + bytes, 0),
    sent: trial.origin.bytes,
    backlog: trial.origin.backlog,
    start_up_ms: trial.startUp,
  };
}

/** The lab's own client: it asks for no encoding, so that an answer is what was sent. */
function deno({ concurrency, samples, method }: Trial): Account {
  const answered = samples.status.filter((status) => status > 0).length;
  return {
    versions: { deno: Deno.version.deno },
    settings: {
      "connections at most": concurrency === Infinity ? "unlimited" : `${concurrency}`,
      "accept-encoding": "none",
      "decode": method === "HEAD" ? "none" : "JSON.parse",
    },
    encodings: { identity: answered },
    complaints: [],
  };
}
