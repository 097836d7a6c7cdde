/** `--save`: the outputs of a complete run put back into the notebook they came from. */
import type { Job } from "../run/job.ts";
import { cellSeconds } from "../run/run_record.ts";
import { sweepPartials } from "../../ground/whole_file.ts";
import { writeNotebook } from "../notebook/keep_notebook.ts";
import { codeCells, formatNotebook, type JsonObject, NotebookError } from "../notebook/notebook.ts";
import { parseNotebook, readText } from "../notebook/parse_notebook.ts";
import { recordedEnvironment } from "./environment.ts";
import { makePortable } from "./portable_outputs.ts";
import { outputsHash, recordOf, type RunRecord, setRecord } from "./record.ts";
import { projectOf, type Stamp } from "./stamp.ts";
import { takeOutputs } from "./take_outputs.ts";

/** The record of a run of `job`, complete by now, that began under `stamp`. */
export function newRecord(job: Job, stamp: Stamp): RunRecord {
  return {
    stamp,
    outputs: outputsHash(job.notebook),
    environment: recordedEnvironment(),
    day: new Date().toISOString().slice(0, 10),
    seconds: Object.fromEntries(
      [...cellSeconds(job.notebook)].map(([id, took]) => [id, Number(took.toFixed(1))] as const)
        .filter(([, took]) => took > 0),
    ),
  };
}

/**
 * Writes the outputs in `job.notebook` into its file, with its record and without what would
 * change from run to run (when each cell ran) or from machine to machine (paths). The prose is as the
 * file has it now. Where outputs, stamp and environment are those already there, the bytes stay.
 * Returns the size in bytes. A NotebookError when the code was edited meanwhile.
 */
export function saveInPlace(job: Job): number {
  const text = readText(job.file, job.name);
  const notebook = parseNotebook(text, job.name);
  const earlier = recordOf(notebook);
  if (!takeOutputs(notebook, job.notebook)) {
    throw new NotebookError(
      job.name,
      `its code was edited while it ran; not saved. What ran is in ${job.target}`,
    );
  }
  for (const cell of codeCells(notebook)) delete cell.metadata.execution;
  makePortable(notebook, projectOf(job.cwd));
  notebook.metadata.kernelspec ??= job.notebook.metadata.kernelspec;
  notebook.metadata.language_info ??= job.notebook.metadata.language_info;
  const record = { ...recordOf(job.notebook)!, outputs: outputsHash(notebook) };
  delete (notebook.metadata.lab as JsonObject | undefined)?.run;
  setRecord(notebook, sameBut(earlier, record) ? earlier : record);
  const bytes = new TextEncoder().encode(formatNotebook(notebook)).length;
  sweepPartials(job.file);
  if (formatNotebook(notebook) !== text) writeNotebook(job.file, notebook);
  return bytes;
}

/** Whether two records differ in nothing but the day. */
function sameBut(earlier: RunRecord | undefined, record: RunRecord): boolean {
  if (earlier === undefined) return false;
  const key = ({ stamp, outputs, environment }: RunRecord) =>
    JSON.stringify([stamp.hash, outputs, Object.entries(environment).sort()]);
  return key(earlier) === key(record);
}
