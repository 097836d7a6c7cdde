import type { Program } from "../ground/program.ts";
import { findGo, goProgram } from "./go_toolchain.ts";
import type { Implementation, Language } from "./implementations.ts";
import { findPython, pythonProgram } from "./python_toolchain.ts";

/** A language that peers are written in: what tells it from the others. */
export interface Speaker {
  /** In tables, e.g. "Go". */
  readonly name: string;
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
  go: { name: "Go", find: findGo, program: goProgram },
  python: {
    name: "Python",
    find: () => findPython(["requests", "aiohttp", "urllib3"]),
    program: (called, { packages }) => pythonProgram(called, packages, "peer.py"),
  },
};
