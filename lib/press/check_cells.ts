/** Finds what keeps a notebook's cells from running before any of them does. */
import { CellModules, type CellProblem } from "./cell_modules.ts";
import { configOf } from "./find_notebooks.ts";
import type { Kernel } from "./kernel.ts";
import { type CodeCell, type Notebook, tagsOf } from "./notebook.ts";
import { isRun } from "./run_notebook.ts";

/**
 * Downloads what the cells import and returns what would keep them from running: the kernel says
 * nothing when a cell does not parse or a package is missing. Cells that are not run, and those
 * tagged raises-exception, may be as they please. `kernel` runs in the folder `cwd`, is only used
 * to compile the cells and is of no use afterwards. Rejects with KernelDied when it is dead.
 */
export async function checkCells(
  notebook: Notebook,
  cwd: string,
  kernel: Promise<Kernel>,
  signal: AbortSignal,
): Promise<CellProblem[]> {
  const cells = notebook.cells.filter(isRun)
    .filter((cell) => !tagsOf(cell).includes("raises-exception"));
  const importing = cells.filter((cell) => /\bimport\b/.test(cell.source));
  const problems = await importProblems(importing, cwd, signal);
  const known = new Set(problems.length > 0 ? importing : []);
  const toCompile = cells.filter((cell) => !known.has(cell));
  if (signal.aborted || toCompile.length === 0) return problems;
  problems.push(...await compile(toCompile, await kernel));
  const refused = problems.filter(({ line }) => line === 0).map(({ cell }) => cell);
  if (refused.length === 0) return problems;
  // The kernel says that it does not parse, and Deno where.
  using modules = new CellModules(refused, cwd, configFlags(cwd), signal);
  const located = new Map((await modules.problems()).map((problem) => [problem.cell, problem]));
  return problems.map((problem) =>
    problem.line > 0 ? problem : located.get(problem.cell) ?? problem
  )
    .toSorted((a, b) => cells.indexOf(a.cell) - cells.indexOf(b.cell));
}

async function importProblems(
  cells: readonly CodeCell[],
  cwd: string,
  signal: AbortSignal,
): Promise<CellProblem[]> {
  if (cells.length === 0) return [];
  using modules = new CellModules(cells, cwd, configFlags(cwd), signal);
  const problems = await modules.problems();
  if (problems.length === 0 && !signal.aborted) await modules.fetch();
  return problems;
}

function configFlags(cwd: string): string[] {
  const config = configOf(cwd);
  return config === undefined ? ["--no-config"] : ["--config", config];
}

/**
 * Has the kernel compile the cells in order without running them: it knows errors that no parser of
 * single files does, such as a `let` that an earlier cell declared as `const`.
 */
async function compile(cells: readonly CodeCell[], kernel: Kernel): Promise<CellProblem[]> {
  const problems: CellProblem[] = [];
  for (const cell of cells) {
    const reply = await kernel.execute(`throw "compiled";${cell.source}`, true);
    if (reply.ename === "SyntaxError") {
      const message = String(reply.evalue);
      problems.push({ cell, name: "SyntaxError", message, line: 0, column: 0 });
    } else if (reply.evalue === "Execution failed") {
      problems.push({ cell, ...refusal, line: 0, column: 0 });
    }
  }
  return problems;
}

const refusal = {
  name: "ImportError",
  message: "the kernel refuses the cell: something it imports is missing or cannot be loaded",
};
