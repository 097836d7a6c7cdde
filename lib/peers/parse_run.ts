import type { Run } from "../trial/trial.ts";
import { failure, type PeerProgram } from "../ground/program.ts";
import { inOrderOfDispatch, type PeerColumns } from "./peer_samples.ts";
import { peakInFlight } from "../trial/overlap.ts";

/** What only a peer can say of its run. */
export interface PeerAccount {
  /** Of the language and the library, as they say themselves. */
  readonly versions: Readonly<Record<string, string>>;
  /** What was in force, named as the library does. */
  readonly settings: Readonly<Record<string, string>>;
  /** Responses by the encoding in which they came over the wire. */
  readonly encodings: Readonly<Record<string, number>>;
  /** The first errors in the library's words. */
  readonly complaints: readonly string[];
}

/** A run of another language. */
export interface PeerRun extends Run {
  readonly peer: PeerAccount;
}

/**
 * Reads what a peer printed: one line of JSON with every request of the plan.
 *
 * @param origin what is taken off a URL to leave its path
 * @param spawned when the process was started, ms since the epoch
 * @throws {Error} naming the program and the part that is not as it should be
 */
export function parseRun(
  program: PeerProgram,
  printed: string,
  { origin, requests, spawned }: { origin: string; requests: number; spawned: number },
): PeerRun {
  const run = parse(program, printed);
  const number = (name: string): number => {
    if (typeof run[name] === "number") return run[name] as number;
    throw rubbish(program, `${name} is ${JSON.stringify(run[name])}, not a number`);
  };
  const samples = readColumns(program, run.samples, requests);
  const results = run.results;
  if (!Array.isArray(results) || results.length !== requests) {
    throw rubbish(program, `results are not ${requests}`);
  }
  // Without a getrusage a peer says -1.
  const known = (name: string) => number(name) < 0 ? NaN : number(name);
  const encodings: Record<string, number> = {};
  samples.encoding.forEach((encoding, i) => {
    if (samples.status[i]) encodings[encoding] = (encodings[encoding] ?? 0) + 1;
  });
  const sorted = inOrderOfDispatch(samples, origin);
  return {
    opened: number("opened"),
    makespan: number("makespan"),
    startUp: number("opened") - spawned,
    samples: sorted,
    costs: {
      cpuUser: known("cpuUser"),
      cpuSystem: known("cpuSystem"),
      peakMemory: known("peakMemory"),
      sockets: number("sockets"),
      peakInFlight: peakInFlight(sorted.start, sorted.end),
      stall: NaN,
      measuredIn: "own process",
    },
    results,
    peer: {
      versions: (run.versions ?? {}) as Record<string, string>,
      settings: (run.settings ?? {}) as Record<string, string>,
      encodings,
      complaints: (run.complaints ?? []) as string[],
    },
  };
}

function parse(program: PeerProgram, printed: string): Record<string, unknown> {
  let run: unknown;
  try {
    run = JSON.parse(printed);
  } catch {
    // Said below.
  }
  if (typeof run === "object" && run !== null && !Array.isArray(run)) {
    return run as Record<string, unknown>;
  }
  const start = JSON.stringify(printed.slice(0, 200));
  throw failure(program, `printed ${printed.length} characters that are no run: ${start}`);
}

function rubbish(program: PeerProgram, what: string): Error {
  return failure(program, `printed a run that is none: ${what}`);
}

/** Each column's type. */
const columns: { readonly [C in keyof PeerColumns]: string } = {
  ...{ url: "string", planned: "number", start: "number", end: "number", status: "number" },
  ...{ bytes: "number", encoding: "string", error: "string", timing: "string" },
};

function readColumns(program: PeerProgram, samples: unknown, requests: number): PeerColumns {
  const found = (samples ?? {}) as Record<string, unknown>;
  for (const [name, type] of Object.entries(columns)) {
    const column = found[name];
    const whole = Array.isArray(column) && column.length === requests &&
      column.every((value) => typeof value === type);
    if (!whole) throw rubbish(program, `samples.${name} is not a column of ${requests} ${type}s`);
  }
  return samples as PeerColumns;
}
