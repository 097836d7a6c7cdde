import type { Program } from "../ground/program.ts";
import { findGo, goProgram } from "./go_toolchain.ts";
import type { Implementation, Language } from "./implementations.ts";
import type { PeerSettings } from "./peer_plan.ts";
import { findPython, pythonProgram } from "./python_toolchain.ts";

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
