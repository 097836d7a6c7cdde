/** Which notebooks' outputs no longer match what would make them, for `deno task check`. */
import { join } from "node:path";
import { kernelFolder } from "../notebook/kernel_folder.ts";
import { codeCells, type Notebook } from "../notebook/notebook.ts";
import { readNotebook } from "../notebook/parse_notebook.ts";
import { reasonsStale } from "./compare.ts";
import { digestFile } from "./digest.ts";
import { recordOf } from "./record.ts";
import { modulesOf, type Provenance, provenanceOf, type Stamp, withData } from "./stamp.ts";

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

/** What holds now, with the data that a run found read, as it is now. */
export function withEarlierData({ stamp, root }: Provenance, earlier: Stamp): Stamp {
  const names = Object.keys(earlier.parts.data).filter((name) => !(name in stamp.parts.data));
  const found = names.map((name) => [name, digestFile(join(root, name))] as const);
  return withData(
    stamp,
    Object.fromEntries(found.flatMap(([name, hash]) => hash === undefined ? [] : [[name, hash]])),
  );
}

async function staleness(notebook: Notebook, file: string): Promise<string[]> {
  const record = recordOf(notebook);
  if (record !== undefined) {
    const cwd = kernelFolder(file, notebook);
    using modules = await modulesOf(notebook, cwd, new AbortController().signal);
    const now = await provenanceOf(notebook, modules);
    return reasonsStale(record, withEarlierData(now, record.stamp), notebook);
  }
  const bare = codeCells(notebook).every(({ outputs }) => outputs.length === 0);
  return [bare ? "it has never been run and saved" : "nothing records where its outputs come from"];
}
