/** Which notebooks' outputs no longer match what would make them, for `deno task check`. */
import { list } from "../../ground/words.ts";
import { kernelFolder } from "../notebook/kernel_folder.ts";
import { codeCells, isInjected, isRun, type Notebook } from "../notebook/notebook.ts";
import { readNotebook } from "../notebook/parse_notebook.ts";
import { outputsHash, recordOf, type RunRecord } from "./record.ts";
import {
  type Hashes,
  modulesOf,
  type Parts,
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
    ...changedCells(before, after, notebook),
    ...(before.parameters === after.parameters ? [] : ["the parameters set for the run changed"]),
    ...changes(before.lib, after.lib, (name) => `${name} changed`),
    ...changes(before.data, after.data, (name) => `${name} changed`),
    ...changes(
      before.packages,
      after.packages,
      (name) => `deno.lock has other packages under ${name}`,
    ),
    ...(whole ? [] : ["the record was changed by hand"]),
    ...(before.outputs === outputsHash(notebook) ? [] : ["its outputs are not the recorded ones"]),
  ];
}

function changedCells(before: Parts, after: Parts, notebook: Notebook): string[] {
  const numbers = notebook.cells.flatMap((cell, i) =>
    isRun(cell) && !isInjected(cell) ? [`${i + 1}`] : []
  );
  const [were, are] = [before.cells, after.cells];
  const head = are.findIndex((hash, i) => hash !== were[i]);
  if (were.length === are.length) {
    const changed = numbers.filter((_, i) => are[i] !== were[i]);
    const cells = `${changed.length === 1 ? "cell" : "cells"} ${list(changed)}`;
    return changed.length > 0 ? [`${cells} changed`] : [];
  }
  const at = head < 0 ? "after the last one" : `from cell ${numbers[head]} on`;
  return [`there are ${are.length} code cells where there were ${were.length}, other ones ${at}`];
}

function changes(before: Hashes, after: Hashes, changed: (name: string) => string): string[] {
  const names = (table: Hashes, wanted: (name: string) => boolean) =>
    Object.keys(table).filter(wanted).sort();
  return [
    ...names(after, (name) => name in before && before[name] !== after[name]).map(changed),
    ...names(after, (name) => !(name in before)).map((name) => `${name} came in`),
    ...names(before, (name) => !(name in after)).map((name) => `${name} is no longer used`),
  ].map((text) => text.replace("npm:", ""));
}
