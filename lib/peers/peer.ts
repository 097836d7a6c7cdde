import { checkKnown } from "../ground/known_options.ts";
import type { Connections } from "../trial/plan.ts";
import type { Task, Variant } from "../runners/variant.ts";
import { goProgram } from "./go_toolchain.ts";
import { type Implementation, implementation, type Language } from "./implementations.ts";
import type { PeerRun } from "./parse_run.ts";
import { type PeerPlan, type PeerSettings, peerSettings, type Table } from "./peer_plan.ts";
import { pythonProgram } from "./python_toolchain.ts";
import { patience } from "../runners/patience.ts";
import { runPeer } from "./run_peer.ts";

/** What a peer may be told. */
export interface PeerOptions {
  /** In tables; by default language, implementation and connections. */
  readonly name?: string;
  /** "equalised" by default. */
  readonly table?: Table;
  /** "kept" by default. */
  readonly connections?: Connections;
  /** Requests that may overlap, from 1; by default the implementation's own. */
  readonly concurrency?: number;
  /** "whole" by default. A HEAD has nothing to decode. */
  readonly decode?: PeerSettings["decode"];
  /** For a whole run, start-up included, ms; by default what its requests' deadlines add up to. */
  readonly within?: number;
}

/** A variant in another language, run in a process of its own. */
export interface PeerVariant extends Variant {
  readonly language: Language;
  readonly implementation: Implementation;
  readonly table: Table;
  readonly decode: PeerSettings["decode"];
  run(task: Task): Promise<PeerRun>;
}

/**
 * A variant in Go or Python, e.g. `peer("go", "concurrent")`, for an experiment beside Deno's. Its
 * start-up comes before its clock; a request that fails is a sample with an error.
 *
 * Its run rejects with a MissingToolchain that says what to install, or with an Error that names
 * the peer and carries its standard error.
 *
 * @throws {RangeError | TypeError} naming an implementation or option that does not exist
 */
export function peer(language: Language, name: string, options: PeerOptions = {}): PeerVariant {
  const chosen = implementation(language, name);
  checkKnown("peer", options, ["table", "connections", "concurrency", "decode", "name", "within"]);
  const { table = "equalised", connections = "kept", decode = "whole" } = options;
  oneOf("table", table, ["as shipped", "equalised"]);
  oneOf("connections", connections, ["new", "kept"]);
  oneOf("decode", decode, ["whole", "name", "none"]);
  const concurrency = overlap(chosen, options.concurrency);
  const called = options.name ?? peerName(chosen, options.concurrency, connections);
  return {
    name: called,
    concurrency,
    connections,
    language,
    implementation: chosen,
    table,
    decode,
    async run(task) {
      const program =
        await (language === "go"
          ? goProgram(called)
          : pythonProgram(called, chosen.library as "requests"));
      const plan: PeerPlan = {
        urls: task.paths.map((path) => task.origin + path),
        method: task.method,
        schedule: chosen.schedule,
        // What nobody asked for is left to the library.
        concurrency: options.concurrency ?? (table === "as shipped" ? null : finite(concurrency)),
        connections,
        deadline: task.deadline,
        implementation: name,
        settings: peerSettings(
          table,
          task.paths.length,
          concurrency,
          task.method === "HEAD" ? "none" : decode,
        ),
      };
      return await runPeer(program, plan, task, options.within ?? patience(task, concurrency));
    },
  };
}

/** E.g. "Python requests-executor(16)/new": the overlap only where somebody chose it. */
function peerName(
  chosen: Implementation,
  asked: number | undefined,
  connections: Connections,
): string {
  const language = chosen.language === "go" ? "Go" : "Python";
  const bound = asked === undefined ? "" : `(${asked})`;
  return `${language} ${chosen.name}${bound}/${connections}`;
}

function overlap(chosen: Implementation, asked: number | undefined): number {
  const what = `peer("${chosen.language}", "${chosen.name}")`;
  if (asked === undefined) {
    if (chosen.overlap !== null) return chosen.overlap;
    throw new TypeError(`${what}: concurrency has to be given`);
  }
  if (!chosen.bounded) throw new RangeError(`${what}: concurrency is not its to choose`);
  if (Number.isInteger(asked) && asked >= 1) return asked;
  throw new RangeError(`${what}: concurrency must be a whole number from 1; got ${asked}`);
}

function oneOf(option: string, value: string, values: readonly string[]): void {
  if (values.includes(value)) return;
  throw new RangeError(
    `peer: ${option} must be ${values.map((v) => `"${v}"`).join(" or ")}; got ${
      JSON.stringify(value)
    }`,
  );
}

const finite = (n: number) => (n === Infinity ? null : n);
