/** Which notebooks' outputs no longer match what would make them, for `deno task check`. */
import { kernelFolder } from "../notebook/find_notebooks.ts";
import { codeCells, type Notebook } from "../notebook/notebook.ts";
import { readNotebook } from "../notebook/parse_notebook.ts";
import { reasonsStale } from "./compare.ts";
import { projectOf, readProject } from "./project.ts";
import { recordOf } from "./record.ts";
import { stampOf } from "./stamp.ts";

/** A committed notebook is at most this large, bytes: code hosts stop drawing larger ones. */
const LARGEST = 1_000_000;

/**
 * Why the notebook `file` should not be committed as it is: its outputs are not what it would give
 * now, or it is too large. Empty when all is well. A NotebookError for what is no notebook.
 */
export function reasonsToSave(file: string): string[] {
  const notebook = readNotebook(file, file);
  const bytes = Deno.statSync(file).size;
  const size = bytes <= LARGEST
    ? []
    : [`it is ${(bytes / 1e6).toFixed(1)} MB large, and at most 1 MB is committed`];
  return [...staleness(notebook, file), ...size];
}

function staleness(notebook: Notebook, file: string): string[] {
  const record = recordOf(notebook);
  if (record !== undefined) {
    const cwd = kernelFolder(file);
    return reasonsStale(record, stampOf(notebook, readProject(projectOf(cwd)), cwd), notebook);
  }
  const bare = codeCells(notebook).every(({ outputs }) => outputs.length === 0);
  return [bare ? "it has never been run and saved" : "nothing records where its outputs come from"];
}
