/** One notebook to run: read, checked and given its parameters. */
import { basename, join } from "node:path";
import { shownPath } from "../notebook/find_notebooks.ts";
import { kernelFolder } from "../notebook/kernel_folder.ts";
import { type Cell, labOf, languageOf, NotebookError } from "../notebook/notebook.ts";
import { injectParameters, quickSet, type Values } from "../notebook/parameters.ts";
import { readNotebook } from "../notebook/parse_notebook.ts";

export type Job = Readonly<ReturnType<typeof readJob>>;

/**
 * Reads the notebook `file` for a run into `out`, with `given` values over those of its quick set
 * if `quick`. A NotebookError says what is wrong with the file or with what is asked of it.
 */
export function readJob(file: string, out: string, quick: boolean, given: Values) {
  const name = shownPath(file);
  const notebook = readNotebook(file, name);
  const language = languageOf(notebook);
  if (!/^(typescript|javascript)$/i.test(language)) {
    const problem = `its cells are in ${language}; TypeScript and JavaScript are what runs here`;
    throw new NotebookError(name, problem);
  }
  const target = join(out, "notebooks", basename(file));
  // An earlier run's copy may be run again.
  if (target === file && labOf(notebook).run === undefined) {
    throw new NotebookError(name, "would be its own executed copy: name another --out");
  }
  const numbers = new Map(notebook.cells.map((cell, i) => [cell, i + 1]));
  const values = new Map([...(quick ? quickSet(notebook) ?? [] : []), ...given]);
  injectParameters(notebook, values, name);
  return {
    file,
    /** The file as messages name it. */
    name,
    /** With the injected parameters; running fills in its outputs. */
    notebook,
    /** Where the executed copy goes. */
    target,
    /** The folder the kernel runs in. */
    cwd: kernelFolder(file, notebook),
    /** The parameters set for this run. */
    values: values as Values,
    /** A cell's number among all cells of the file, from 1; undefined for the injected one. */
    numberOf: (cell: Cell) => numbers.get(cell),
  };
}
