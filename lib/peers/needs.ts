/** What peers need of this machine, for the doctor to ask. It imports no package. */
import { advice, type Examination, type Finding, ok } from "../ground/finding.ts";
import { findGo } from "./go_toolchain.ts";
import { findPython, PYTHON_PACKAGES } from "./python_toolchain.ts";
import { MissingToolchain, orMissing } from "./toolchain.ts";

export const needs: readonly Examination[] = [
  () => examine("Go", findGo().then(({ version }) => version)),
  () =>
    examine(
      "Python",
      findPython(PYTHON_PACKAGES)
        .then(({ version, command }) => `${version} with the peers' packages, ${command}`),
    ),
];

async function examine(name: string, finding: Promise<string>): Promise<Finding> {
  const found = await orMissing(finding);
  return found instanceof MissingToolchain
    ? advice(name, found.found, `to compare with ${name}: ${found.install}`)
    : ok(name, found);
}
