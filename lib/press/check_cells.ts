/** Finds what keeps a notebook's cells from running before any of them does. */
import { CellModules, type CellProblem } from "./cell_modules.ts";
import { configOf } from "./find_notebooks.ts";
import { Kernel } from "./kernel.ts";
import { type CodeCell, type Notebook, tagsOf } from "./notebook.ts";
import { isRun } from "./run_notebook.ts";

/**
 * Downloads what the cells import and returns what would keep them from running: the kernel says
 * nothing when a cell does not parse or a package is missing. Cells that are not run, and those
 * tagged raises-exception, may be as they please. Rejects with KernelDied when no kernel starts.
 */
export async function checkCells(
  notebook: Notebook,
  cwd: string,
  signal: AbortSignal,
): Promise<CellProblem[]> {
  const cells = notebook.cells.filter(isRun)
    .filter((cell) => !tagsOf(cell).includes("raises-exception"));
  if (cells.length === 0) return [];
  const config = configOf(cwd);
  const flags = config === undefined ? ["--no-config"] : ["--config", config];
  using modules = new CellModules(cells, cwd, flags, signal);
  const problems = await modules.problems();
  if (problems.length > 0 || signal.aborted) return problems;
  await modules.fetch();
  return signal.aborted ? [] : await compile(cells, cwd, signal);
}

/**
 * Has a kernel compile the cells in order without running them: it knows errors that no parser of
 * single files does, such as a `let` that an earlier cell declared as `const`.
 */
async function compile(
  cells: readonly CodeCell[],
  cwd: string,
  signal: AbortSignal,
): Promise<CellProblem[]> {
  const kernel = await Kernel.start(cwd, signal);
  try {
    const problems: CellProblem[] = [];
    for (const cell of cells) {
      const reply = await kernel.execute(`throw "compiled";${cell.source}`, true);
      if (reply.ename === "SyntaxError") {
        const message = String(reply.evalue);
        problems.push({ cell, name: "SyntaxError", message, line: 0, column: 0 });
      } else if (reply.evalue === "Execution failed") {
        problems.push({ cell, ...refused, line: 0, column: 0 });
      }
    }
    return problems;
  } finally {
    await kernel.kill();
  }
}

const refused = {
  name: "ImportError",
  message: "the kernel refuses the cell: something it imports is missing or cannot be loaded",
};
