/** Which notebooks' outputs no longer match what would make them, for `deno task check`. */
import { kernelFolder } from "../find_notebooks.ts";
import { codeCells, type Notebook } from "../notebook.ts";
import { reasonsStale } from "./compare.ts";
import type { Project } from "./project.ts";
import { recordOf } from "./record.ts";
import { stampOf } from "./stamp.ts";

/** Why the outputs in `notebook`, read from `file`, are not up to date; empty when they are. */
export function staleness(notebook: Notebook, file: string, project: Project): string[] {
  const record = recordOf(notebook);
  if (record !== undefined) {
    return reasonsStale(record, stampOf(notebook, project, kernelFolder(file)), notebook);
  }
  const bare = codeCells(notebook).every(({ outputs }) => outputs.length === 0);
  return [bare ? "it has never been run and saved" : "nothing records where its outputs come from"];
}
