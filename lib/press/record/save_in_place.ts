/** `--save`: the outputs of a complete run put back into the notebook they came from. */
import type { Job } from "../run/job.ts";
import { sweepPartials } from "../../ground/whole_file.ts";
import { writeNotebook } from "../notebook/keep_notebook.ts";
import {
  codeCells,
  formatNotebook,
  isProgress,
  NotebookError,
  noteInLab,
} from "../notebook/notebook.ts";
import { parseNotebook, readText } from "../notebook/parse_notebook.ts";
import { makePortable } from "./portable_outputs.ts";
import { outputsHash, recordOf, type RunRecord, setRecord } from "./record.ts";
import { projectOf } from "./stamp.ts";
import { stateTime } from "./stated_times.ts";
import { takeOutputs } from "./take_outputs.ts";

/**
 * Writes the outputs in `job.notebook` into its file, with its record and without what would
 * change from run to run (when each cell ran, how far it was) or from machine to machine (paths). The prose is as the
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
  for (const cell of codeCells(notebook)) {
    delete cell.metadata.execution;
    cell.outputs = cell.outputs.filter((output) => !isProgress(output));
  }
  makePortable(notebook, projectOf(job.cwd));
  const record = { ...recordOf(job.notebook)!, outputs: outputsHash(notebook) };
  noteInLab(notebook, { run: undefined });
  setRecord(notebook, sameBut(earlier, record) ? earlier : record);
  const bytes = new TextEncoder().encode(formatNotebook(notebook)).length;
  sweepPartials(job.file);
  if (formatNotebook(notebook) !== text) writeNotebook(job.file, notebook);
  stateTime(job.file);
  return bytes;
}

/** Whether two records differ in nothing but the day. */
function sameBut(earlier: RunRecord | undefined, record: RunRecord): boolean {
  if (earlier === undefined) return false;
  const key = ({ hash, outputs, environment }: RunRecord) =>
    JSON.stringify([hash, outputs, Object.entries(environment).sort()]);
  return key(earlier) === key(record);
}
