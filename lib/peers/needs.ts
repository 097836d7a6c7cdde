/** What peers need of this machine, for the doctor to ask. It imports no package. */
import { advice, type Examination, type Finding, ok } from "../ground/finding.ts";
import { findGo } from "./go_toolchain.ts";
import { findPython, PYTHON_PACKAGES } from "./python_toolchain.ts";
import { MissingToolchain } from "./toolchain.ts";

export const needs: readonly Examination[] = [
  () => examine("Go", async () => (await findGo()).version),
  () =>
    examine("Python", async () => {
      const { version, command } = await findPython(PYTHON_PACKAGES);
      return `${version} with the peers' packages, ${command}`;
    }),
];

async function examine(name: string, find: () => Promise<string>): Promise<Finding> {
  try {
    return ok(name, await find());
  } catch (error) {
    if (!(error instanceof MissingToolchain)) throw error;
    return advice(name, error.found, `to compare with ${name}: ${error.install}`);
  }
}
