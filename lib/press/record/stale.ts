/** Which notebooks' outputs no longer match what would make them, for `deno task check`. */
import { kernelFolder } from "../notebook/kernel_folder.ts";
import { codeCells, type Notebook } from "../notebook/notebook.ts";
import { readNotebook } from "../notebook/parse_notebook.ts";
import { outputsHash, recordOf, type RunRecord } from "./record.ts";
import {
  type Hashes,
  modulesOf,
  provenanceOf,
  type Stamp,
  stampOfParts,
  withEarlierData,
} from "./stamp.ts";

/** A committed notebook is at most this large, bytes: code hosts stop drawing larger ones. */
const LARGEST = 1_000_000;

/**
 * Why the notebook `file` should not be committed as it is: its outputs are not what it would give
 * now, or it is too large. Empty when all is well. A NotebookError for what is not a notebook.
 */
export async function reasonsToSave(file: string): Promise<string[]> {
  const notebook = readNotebook(file, file);
  const bytes = Deno.statSync(file).size;
  const size = bytes <= LARGEST
    ? []
    : [`it is ${(bytes / 1e6).toFixed(1)} MB large, and at most 1 MB is committed`];
  return [...await staleness(notebook, file), ...size];
}

async function staleness(notebook: Notebook, file: string): Promise<string[]> {
  const record = recordOf(notebook);
  if (record !== undefined) {
    const cwd = kernelFolder(file, notebook);
    using modules = await modulesOf(notebook, cwd, new AbortController().signal);
    const now = await provenanceOf(notebook, modules);
    return reasonsStale(record, withEarlierData(now, record), notebook);
  }
  const bare = codeCells(notebook).every(({ outputs }) => outputs.length === 0);
  return [bare ? "it has never been run and saved" : "nothing records where its outputs come from"];
}

/**
 * Why the outputs of `notebook`, recorded as `before`, are not what it would give now that its stamp
 * is `after`: a phrase for each part that changed. Empty when they are up to date.
 */
export function reasonsStale(before: RunRecord, after: Stamp, notebook: Notebook): string[] {
  const whole = stampOfParts(before).hash === before.hash;
  return [
    ...(before.cells.join() === after.cells.join() ? [] : ["its code cells changed"]),
    ...(before.parameters === after.parameters ? [] : ["the parameters set for the run changed"]),
    ...[...changed(before.lib, after.lib), ...changed(before.data, after.data)],
    ...changed(before.packages, after.packages).map((text) => text.replace("npm:", "the package ")),
    ...(whole ? [] : ["the record was changed by hand"]),
    ...(before.outputs === outputsHash(notebook) ? [] : ["its outputs are not the recorded ones"]),
  ];
}

/** What is in one of two tables and not, or not as it is, in the other. */
function changed(before: Hashes, after: Hashes): string[] {
  return Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name])
    .sort().map((name) => `${name} changed`);
}
