/** Finds what keeps a notebook's cells from running before any of them does. */
import { CellModules, type CellProblem } from "./cell_modules.ts";
import { compileError, DOES_NOT_PARSE } from "./compile_cell.ts";
import { configOf } from "../notebook/find_notebooks.ts";
import { isRun, type Notebook, tagsOf } from "../notebook/notebook.ts";

/**
 * Downloads what the cells import and returns what would keep them from running, in their order:
 * the kernel says nothing when a cell does not parse or a package is missing. Cells that are not
 * run, and those tagged raises-exception, may be as they please. `cwd` is the folder of the kernel.
 */
export async function checkCells(
  notebook: Notebook,
  cwd: string,
  signal: AbortSignal,
): Promise<CellProblem[]> {
  const cells = notebook.cells.filter(isRun)
    .filter((cell) => !tagsOf(cell).includes("raises-exception"));
  const errors = new Map(cells.flatMap((cell) => {
    const error = compileError(cell.source);
    return error === undefined ? [] : [[cell, error]];
  }));
  const importing = cells.filter((cell) => /\bimport\b/.test(cell.source));
  const config = configOf(cwd);
  const flags = config === undefined ? ["--no-config"] : ["--config", config];
  const suspects = [...new Set([...importing, ...errors.keys()])];
  if (suspects.length === 0) return [];
  using modules = new CellModules(suspects, cwd, flags, signal);
  const problems = await modules.problems();
  const located = new Set(problems.map(({ cell }) => cell));
  for (const [cell, message] of errors) {
    // Deno says where a cell does not parse; that it says nothing means that it does.
    if (located.has(cell) || message === DOES_NOT_PARSE) continue;
    problems.push({ cell, name: "SyntaxError", message, line: 0, column: 0 });
  }
  if (problems.length === 0 && !signal.aborted) problems.push(...await modules.fetch());
  return problems.toSorted((a, b) => cells.indexOf(a.cell) - cells.indexOf(b.cell));
}
