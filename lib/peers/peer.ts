import { oneOf, resolve, TEXT, whole } from "../ground/options.ts";
import type { Task, Variant } from "../runners/task.ts";
import type { Connections } from "../trial/plan.ts";
import type { Run } from "../trial/trial.ts";
import { called, implementation, type Language, languages } from "./implementations.ts";
import type { Account } from "./elsewhere/listener.ts";
import { type PeerPlan, type PeerSettings, peerSettings, type PeerTable } from "./peer_plan.ts";
import { patience, runElsewhere } from "./elsewhere/run_elsewhere.ts";

/** What a peer may be told. */
export interface PeerOptions {
  /** In tables; by default language, implementation and connections. */
  readonly name?: string;
  /** "equalised" by default. */
  readonly table?: PeerTable;
  /** "kept" by default. */
  readonly connections?: Connections;
  /** Requests that may overlap, from 1; by default the implementation's own. */
  readonly concurrency?: number;
  /** "whole" by default; "name" is a struct of one field, in Go. A HEAD has nothing to decode. */
  readonly decode?: PeerSettings["decode"];
}

/** A run of another language, with what only a peer can say of it. */
export interface PeerRun extends Run {
  readonly peer: Account & { readonly language: Language };
}

/** A variant in another language, run in a process of its own. */
export interface PeerVariant extends Variant {
  readonly language: Language;
  run(task: Task): Promise<PeerRun>;
}

/**
 * A variant in Go or Python, e.g. `peer("go", "concurrent")`, for an experiment beside Deno's. Its
 * start-up comes before its clock; a request that fails is a sample with an error.
 *
 * ```ts
 * await experiment({ origin, paths, variants: [ours, peer("go", "concurrent")] });
 * ```
 *
 * Its run rejects with a MissingToolchain that says what to install, or with an Error that names
 * the peer and carries its standard error.
 *
 * @throws {RangeError | TypeError} naming an implementation or option that does not exist
 */
export function peer(language: Language, name: string, options: PeerOptions = {}): PeerVariant {
  const chosen = implementation(language, name);
  const whose = called(chosen);
  const spoken = languages[language];
  const { table, connections, decode, ...given } = resolve("peer", options, {
    name: TEXT.or(undefined),
    table: oneOf("as shipped", "equalised").or("equalised"),
    connections: oneOf("new", "kept").or("kept"),
    concurrency: whole(1).or(undefined),
    decode: oneOf(...spoken.decodes).or("whole"),
  });
  const bound = given.concurrency;
  if (bound === undefined && chosen.overlap === null) {
    throw new TypeError(`${whose}: concurrency has to be given`);
  }
  if (bound !== undefined && !chosen.bounded) {
    throw new RangeError(`${whose}: concurrency cannot be chosen for it`);
  }
  const concurrency = bound ?? chosen.overlap!;
  // The overlap only where somebody chose it: "Python requests-executor(16)/new".
  const overlap = bound === undefined ? "" : `(${bound})`;
  const { name: variant = `${spoken.name} ${name}${overlap}/${connections}` } = given;
  return {
    name: variant,
    concurrency,
    connections,
    language,
    async run(task) {
      const { origin, paths, method, deadline } = task;
      const decoded = method === "HEAD" ? "none" : decode;
      const plan: PeerPlan = {
        origin,
        paths,
        method,
        deadline,
        connections,
        implementation: name,
        schedule: chosen.schedule,
        // What nobody asked for is left to the library.
        concurrency: bound ?? (table === "as shipped" ? null : finite(concurrency)),
        settings: peerSettings(table, paths.length, concurrency, decoded),
      };
      const program = await spoken.program(variant, chosen);
      const within = patience(task, concurrency);
      const { run, account } = await runElsewhere(program, plan, task, within);
      return { ...run, peer: { language, ...account } };
    },
  };
}

const finite = (n: number) => (n === Infinity ? null : n);
