/** The executed copy of a notebook: the next run's result while it stands, and what `--save` puts back. */
import { homedir, tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import type { Job } from "../run/job.ts";
import { sweepPartials } from "../../ground/whole_file.ts";
import { writeNotebook } from "../notebook/keep_notebook.ts";
import {
  type CodeCell,
  codeCells,
  formatNotebook,
  isInjected,
  isProgress,
  type JsonObject,
  labOf,
  type Notebook,
  NotebookError,
  noteInLab,
} from "../notebook/notebook.ts";
import { findNotebook, parseNotebook, readText } from "../notebook/parse_notebook.ts";
import { stillThere } from "./reads.ts";
import { outputsHash, recordedEnvironment, recordOf, type RunRecord, setRecord } from "./record.ts";
import { type Hashes, projectOf, type Provenance, withEarlierData } from "./stamp.ts";
import { stateTime } from "./stated_times.ts";

/** What a complete run of the same code left at `job.target`, where all that it depended on is known. */
function earlierRun(job: Job) {
  const executed = findNotebook(job.target);
  const record = executed && recordOf(executed);
  const run = executed && labOf(executed).run as JsonObject | undefined;
  const sources = (notebook: Notebook) => JSON.stringify(codeCells(notebook).map(normal));
  const stands = record !== undefined && run?.status === "done" && run.unknown === null &&
    sources(executed!) === sources(job.notebook);
  return stands ? { executed: executed!, record, run } : undefined;
}

/** Whether {@link reuseExecuted} may find that nothing is to be run; where not, nobody need wait for it. */
export const mayStand = (job: Job): boolean => earlierRun(job) !== undefined;

/**
 * Takes the outputs of the copy at `job.target` into `job.notebook`, when a complete run by this Deno
 * left it there, all that run depended on is known, and is still the same; prose may have changed
 * since. Returns how many seconds that run took, undefined when there is no such copy.
 */
export function reuseExecuted(job: Job, now: Provenance): number | undefined {
  const earlier = earlierRun(job);
  if (earlier === undefined) return undefined;
  const { executed, record, run } = earlier;
  const { hash } = withEarlierData(now, record);
  const stands = now.unknown === undefined && record.hash === hash &&
    record.outputs === outputsHash(executed) &&
    record.environment.deno === recordedEnvironment().deno &&
    stillThere(run.elsewhere as Hashes);
  if (!stands || !takeOutputs(job.notebook, executed)) return undefined;
  noteInLab(job.notebook, { run });
  setRecord(job.notebook, record);
  writeNotebook(job.target, job.notebook);
  return Number(run.seconds);
}

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

/**
 * Puts the outputs that `executed` holds into `notebook`, whose prose and tags stay as they are.
 * The cell that sets parameters comes along, or goes. False, and nothing done, when the code differs.
 */
function takeOutputs(notebook: Notebook, executed: Notebook): boolean {
  const theirs = codeCells(executed);
  const own = codeCells(notebook).filter((cell) => !isInjected(cell));
  const others = theirs.filter((cell) => !isInjected(cell));
  const same = own.length === others.length &&
    own.every((cell, i) => normal(cell) === normal(others[i]));
  if (!same) return false;
  own.forEach((cell, i) => {
    const { outputs, execution_count, metadata: { execution } } = others[i];
    Object.assign(cell, { outputs, execution_count });
    if (execution === undefined) delete cell.metadata.execution;
    else cell.metadata.execution = execution;
  });
  notebook.cells = notebook.cells.filter((cell) => !isInjected(cell));
  const at = theirs.findIndex(isInjected);
  const place = at > 0 ? notebook.cells.indexOf(own[at - 1]) + 1 : 0;
  if (at >= 0) notebook.cells.splice(place, 0, theirs[at]);
  notebook.metadata.kernelspec ??= executed.metadata.kernelspec;
  notebook.metadata.language_info ??= executed.metadata.language_info;
  return true;
}

function normal({ source }: CodeCell): string {
  return source.replaceAll("\r\n", "\n").trimEnd();
}

/** Writes paths in the outputs of `notebook` as from the project's `root`, or from `~` and `/tmp`. */
export function makePortable(notebook: Notebook, root: string): void {
  const replace = replacer([[root, ""], [homedir(), "~"], [tmpdir(), "/tmp"]]);
  const portable = (key: string, value: unknown) =>
    typeof value === "string" && !/^image\/(?!svg)/.test(key) ? replace(value) : value;
  for (const cell of codeCells(notebook)) {
    cell.outputs = JSON.parse(JSON.stringify(cell.outputs), portable);
  }
}

/** Replaces each folder, as a path and as a file URL, by what stands for it. */
function replacer(folders: readonly (readonly [string, string])[]): (text: string) => string {
  const names = folders.filter(([folder]) => folder.length > 1).flatMap(([folder, instead]) => {
    const [slashed, doubled] = ["/", "\\\\"].map((separator) => folder.replaceAll("\\", separator));
    const all = new Set([pathToFileURL(folder).href, folder, slashed, doubled]);
    return [...all].map((name) => ({ name, pattern: wholePath(name, instead), instead }));
  }).sort((a, b) => b.name.length - a.name.length);
  return (text) =>
    names.reduce(
      (text, { pattern, instead }) =>
        text.replace(pattern, (_, within) => typeof within === "string" ? "" : instead || "."),
      text,
    );
}

/** Not a part of a longer path. What lies in the root loses the slash too: lib/mod.ts. */
function wholePath(name: string, instead: string): RegExp {
  const within = instead === "" ? String.raw`([/\\]+(?=[\w.]))?` : "";
  return new RegExp(String.raw`(?<![\w.~/-])${RegExp.escape(name)}(?![\w-])${within}`, "g");
}
