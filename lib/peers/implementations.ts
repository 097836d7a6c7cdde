import os from "node:os";
import type { Schedule } from "../trial/plan.ts";
import type { Program } from "../ground/program.ts";
import { findGo, goProgram } from "./go_toolchain.ts";
import type { PeerSettings } from "./peer_plan.ts";
import { findPython, type PythonPackage, pythonProgram } from "./python_toolchain.ts";

export type Language = "go" | "python";

/** A program in another language, by what it shows. */
export interface Implementation {
  readonly language: Language;
  readonly name: string;
  /** The library that it is written with, and the packages that have to be there for it. */
  readonly library: string;
  readonly packages: readonly PythonPackage[];
  readonly schedule: Schedule;
  /** Overlap where none is asked for; `null` where it has to be. */
  readonly overlap: number | null;
  /** Whether another overlap may be asked for. */
  readonly bounded: boolean;
}

/** A language that peers are written in: what tells it from the others. */
export interface Speaker {
  /** In tables, e.g. "Go". */
  readonly name: string;
  /** What its peers can make of a document. */
  readonly decodes: readonly PeerSettings["decode"][];
  /**
   * Looks for what its peers need.
   * @throws {MissingToolchain} that says what to install
   */
  find(): Promise<unknown>;
  /** A peer's program, which errors call by that name. */
  program(called: string, implementation: Implementation): Promise<Program>;
}

/** One entry a language. */
export const languages: Readonly<Record<Language, Speaker>> = {
  go: { name: "Go", decodes: ["whole", "name", "none"], find: findGo, program: goProgram },
  python: {
    name: "Python",
    decodes: ["whole", "none"],
    find: () => findPython(["requests", "aiohttp", "urllib3"]),
    program: (called, { packages }) => pythonProgram(called, packages, "peer.py"),
  },
};

// ThreadPoolExecutor's and ProcessPoolExecutor's own, from Python 3.8 on.
const threads = Math.min(32, os.cpus().length + 4);
const processes = os.cpus().length;
const all = Infinity;

const go = { language: "go", library: "net/http", packages: [] } as const;
const [aiohttp, requests, urllib3] = (["aiohttp", "requests", "urllib3"] as const)
  .map((library) => ({ language: "python" as const, library, packages: [library] }));

/** All there are. */
export const implementations: readonly Implementation[] = [
  { ...go, name: "sequential", schedule: "sequential", overlap: 1, bounded: false },
  { ...go, name: "concurrent", schedule: "concurrent", overlap: all, bounded: false },
  { ...go, name: "pool", schedule: "pool", overlap: null, bounded: true },
  { ...requests, name: "requests", schedule: "sequential", overlap: 1, bounded: false },
  { ...requests, name: "requests-threads", schedule: "pool", overlap: all, bounded: true },
  { ...requests, name: "requests-executor", schedule: "pool", overlap: threads, bounded: true },
  { ...requests, name: "requests-processes", schedule: "pool", overlap: processes, bounded: true },
  { ...requests, name: "requests-thread-each", schedule: "pool", overlap: null, bounded: true },
  { ...requests, name: "requests-pool-inside", schedule: "pool", overlap: null, bounded: true },
  {
    ...aiohttp,
    name: "aiohttp-naive",
    schedule: "naive-await-in-loop",
    overlap: 1,
    bounded: false,
  },
  { ...aiohttp, name: "aiohttp-concurrent", schedule: "concurrent", overlap: all, bounded: false },
  { ...aiohttp, name: "aiohttp-pool", schedule: "pool", overlap: null, bounded: true },
  { ...urllib3, name: "urllib3-executor", schedule: "pool", overlap: threads, bounded: true },
];

/** The implementation of that name; throws a RangeError that lists those there are. */
export function implementation(language: Language, name: string): Implementation {
  const own = implementations.filter((each) => each.language === language);
  const found = own.find((each) => each.name === name);
  if (found) return found;
  const known = (own.length ? own : implementations).map(called).join(", ");
  throw new RangeError(`peer: ${called({ language, name })} does not exist; there are ${known}`);
}

/** How an implementation is asked for. */
export function called({ language, name }: Pick<Implementation, "language" | "name">): string {
  return `peer("${language}", "${name}")`;
}
