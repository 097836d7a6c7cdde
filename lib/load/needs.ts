/** What loads are compared with, for the doctor to ask. It imports no package. */
import { outputOf } from "../ground/command_output.ts";
import { advice, type Examination, type Finding, ok } from "../ground/finding.ts";

export const needs: readonly Examination[] = [examineApacheBench];

/** ApacheBench, which one study used. */
async function examineApacheBench(): Promise<Finding> {
  const version = await outputOf("ab", ["-V"]);
  if (version !== undefined) return ok("ab", /Version ([\d.]+)/.exec(version)?.[1] ?? "installed");
  const remedy = "to measure as ApacheBench does: apt-get install apache2-utils";
  return advice("ab", "not installed", remedy);
}
