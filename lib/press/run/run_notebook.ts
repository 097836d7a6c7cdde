/** Runs one notebook in a kernel of its own. */
import { Execution } from "./execution.ts";
import { type Failure, interrupted, kernelDied, mark, type Status } from "./failure.ts";
import { type Kernel, KernelDied } from "../kernel/kernel.ts";
import { prelude } from "./kernel_prelude.ts";
import { type CodeCell, type Notebook, tagsOf } from "../notebook/notebook.ts";

export interface RunOptions {
  /** Seconds a cell may take, Infinity for no limit. */
  cellLimit: number;
  /** Seconds all cells together may take, Infinity for no limit. */
  limit: number;
  /** Seconds between asking a cell to stop and ending its kernel. */
  grace: number;
  /** Aborted: the run ends at once and keeps what it has. */
  signal: AbortSignal;
  /** Told with the index in `notebook.cells` when a cell starts and when it has ended. */
  cellStarted(index: number): void;
  cellEnded(index: number): void;
}

export interface Outcome {
  status: Status;
  /** Undefined when the status is "done". */
  failure: Failure | undefined;
  seconds: number;
}

/** Whether a run executes this cell. */
export function isRun(cell: Notebook["cells"][number]): cell is CodeCell {
  return cell.cell_type === "code" && cell.source.trim() !== "" &&
    !tagsOf(cell).includes("skip-execution");
}

/** Takes out what an earlier run left in the code cells. */
export function clearOutputs(notebook: Notebook): void {
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    cell.outputs = [];
    cell.execution_count = null;
    delete cell.metadata.execution;
  }
}

/**
 * Runs the code cells of `notebook` in order and puts what they show into `notebook` itself.
 * Cells tagged skip-execution are passed over; an error in one tagged raises-exception is shown
 * and the run goes on. Any other failure ends the run: the cell gets an error output, the cells
 * after it stay empty. Each cell that ran records when in `metadata.execution`.
 *
 * `kernel` must be new; it is ended in any case, and with it what the cells left running. Never
 * rejects for what a cell does.
 */
export async function runNotebook(
  notebook: Notebook,
  kernel: Promise<Kernel>,
  options: RunOptions,
): Promise<Outcome> {
  const start = performance.now();
  clearOutputs(notebook);
  const failure = await runCells(notebook, kernel, options);
  const seconds = (performance.now() - start) / 1000;
  return { status: failure?.status ?? "done", failure, seconds };
}

async function runCells(
  notebook: Notebook,
  starting: Promise<Kernel>,
  options: RunOptions,
): Promise<Failure | undefined> {
  const indices = notebook.cells.flatMap((cell, i) => isRun(cell) ? [i] : []);
  const cellAt = (index: number) => notebook.cells[index] as CodeCell;
  let kernel: Kernel | undefined;
  try {
    kernel = await starting;
    await kernel.execute(prelude, true);
    const execution = new Execution(kernel, options, performance.now() + 1000 * options.limit);
    for (const index of indices) {
      options.cellStarted(index);
      const failure = await execution.run(cellAt(index));
      options.cellEnded(index);
      if (failure !== undefined) return failure;
    }
    return await execution.finish();
  } catch (error) {
    // Only before the first cell: the execution turns what happens later into failures.
    if (!(error instanceof KernelDied)) throw error;
    if (indices.length === 0) return undefined;
    const cell = cellAt(indices[0]);
    return mark(options.signal.aborted ? interrupted(cell) : kernelDied(cell, error.end));
  } finally {
    await kernel?.kill();
  }
}
