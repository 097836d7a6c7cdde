/** The run cache: an executed copy that still stands is the result of the next run. */
import type { Job } from "../run/job.ts";
import { writeNotebook } from "../notebook/keep_notebook.ts";
import { type JsonObject, labOf, noteInLab } from "../notebook/notebook.ts";
import { findNotebook } from "../notebook/parse_notebook.ts";
import { stillThere } from "./reads.ts";
import { outputsHash, recordedEnvironment, recordOf, setRecord } from "./record.ts";
import { type Hashes, type Provenance, withEarlierData } from "./stamp.ts";
import { takeOutputs } from "./take_outputs.ts";

/**
 * Takes the outputs of the copy at `job.target` into `job.notebook`, when a complete run by this Deno
 * left it there, all that run depended on is known, and is still the same; prose may have changed
 * since. Returns how many seconds that run took, undefined when there is no such copy.
 */
export function reuseExecuted(job: Job, now: Provenance): number | undefined {
  const executed = findNotebook(job.target);
  const record = executed && recordOf(executed);
  const run = executed && labOf(executed).run as JsonObject | undefined;
  if (executed === undefined || record === undefined || run?.status !== "done") return undefined;
  const { hash } = withEarlierData(now, record);
  const stands = now.unknown === undefined && run.unknown === null &&
    record.hash === hash && record.outputs === outputsHash(executed) &&
    record.environment.deno === recordedEnvironment().deno &&
    stillThere(run.elsewhere as Hashes);
  if (!stands || !takeOutputs(job.notebook, executed)) return undefined;
  noteInLab(job.notebook, { run });
  setRecord(job.notebook, record);
  writeNotebook(job.target, job.notebook);
  return Number(run.seconds);
}
