/** Runs one notebook in a kernel of its own. */
import { Execution, type Limits } from "./execution.ts";
import { type Failure, interrupted, kernelDied, type Status } from "./failure.ts";
import { type Kernel, KernelDied } from "../kernel/kernel.ts";
import { type Accessed, NO_ACCESS } from "../kernel/kernel_process.ts";
import { prelude } from "./kernel_prelude.ts";
import { clearOutputs, isRun, type Notebook } from "../notebook/notebook.ts";

export interface RunOptions {
  limits: Limits;
  /** Aborted: the run ends at once and keeps what it has. */
  signal: AbortSignal;
  /** Told when a cell starts and when it has ended. */
  cellStarted(): void;
  cellEnded(): void;
}

export type Outcome = Readonly<Awaited<ReturnType<typeof runNotebook>>>;

/**
 * Runs the code cells of `notebook` in order and puts what they show into `notebook` itself.
 * Cells tagged skip-execution are passed over; an error in one tagged raises-exception is shown
 * and the run goes on. Any other failure ends the run: the cell gets an error output, the cells
 * after it stay empty. Each cell that ran records when in `metadata.execution`.
 *
 * `accessed` is what the cells asked for, paths from the kernel's folder. `failure` is undefined where
 * the status is "done".
 *
 * `kernel` must be new; it is ended in any case, and with it what the cells left running. Never
 * rejects for what a cell does.
 */
export async function runNotebook(
  notebook: Notebook,
  kernel: Promise<Kernel>,
  options: RunOptions,
) {
  const start = performance.now();
  clearOutputs(notebook);
  const { failure, accessed } = await runCells(notebook, kernel, options);
  const seconds = (performance.now() - start) / 1000;
  const status: Status = failure?.status ?? "done";
  return { status, failure, seconds, accessed };
}

async function runCells(
  notebook: Notebook,
  starting: Promise<Kernel>,
  { limits, signal, cellStarted, cellEnded }: RunOptions,
): Promise<{ failure: Failure | undefined; accessed: Accessed }> {
  const cells = notebook.cells.filter(isRun);
  let kernel: Kernel | undefined;
  try {
    kernel = await starting;
    const { status } = await kernel.execute(prelude, true);
    const execution = new Execution(kernel, status === "ok", limits, signal);
    for (const cell of cells) {
      cellStarted();
      const failure = await execution.run(cell);
      cellEnded();
      if (failure !== undefined) return { failure, accessed: NO_ACCESS };
    }
    const failure = cells.length > 0 ? await execution.finish(cells.at(-1)!) : undefined;
    return { failure, accessed: kernel.process.accesses.read() };
  } catch (error) {
    // Only before the first cell: the execution turns what happens later into failures.
    if (!(error instanceof KernelDied)) throw error;
    if (cells.length === 0) return { failure: undefined, accessed: NO_ACCESS };
    const failure = signal.aborted ? interrupted(cells[0]) : kernelDied(cells[0], error.end);
    return { failure, accessed: NO_ACCESS };
  } finally {
    await kernel?.kill();
  }
}
