/** Runs one notebook in a kernel of its own. */
import { Kernel, KernelDied } from "./kernel.ts";
import type { CodeCell, Notebook } from "./notebook.ts";
import { OutputCollector } from "./outputs.ts";

/** What went wrong in which cell. */
export interface Failure {
  /** Number of the cell among all cells of the file, from 1. */
  cell: number;
  name: string;
  message: string;
  traceback: string[];
}

export interface Outcome {
  status: "done" | "failed" | "died";
  failure: Failure | undefined;
  seconds: number;
}

/** Told about a run while it goes on. */
export interface RunObserver {
  cellStarted(index: number): void;
  cellEnded(index: number): void;
}

/**
 * Runs the code cells of `notebook` in order, in a kernel whose folder is `cwd`, and puts their
 * outputs into `notebook` itself. Stops at the first cell that fails; never rejects for what a
 * cell does.
 */
export async function runNotebook(
  notebook: Notebook,
  cwd: string,
  observer: RunObserver,
): Promise<Outcome> {
  const start = performance.now();
  const end = (status: Outcome["status"], failure?: Failure): Outcome => ({
    status,
    failure,
    seconds: (performance.now() - start) / 1000,
  });
  for (const cell of notebook.cells) {
    if (cell.cell_type === "code") Object.assign(cell, { outputs: [], execution_count: null });
  }
  const kernel = await Kernel.start(cwd);
  try {
    const collector = new OutputCollector();
    kernel.onPublished = (message) => collector.take(message);
    for (const [index, cell] of notebook.cells.entries()) {
      if (cell.cell_type !== "code" || cell.source.trim() === "") continue;
      observer.cellStarted(index);
      collector.collectInto(cell);
      try {
        const failure = await runCell(kernel, cell, index + 1);
        if (failure) return end("failed", failure);
      } catch (error) {
        if (!(error instanceof KernelDied)) throw error;
        const failure = {
          cell: index + 1,
          name: error.name,
          message: error.message,
          traceback: [],
        };
        return end("died", failure);
      } finally {
        observer.cellEnded(index);
      }
    }
    return end("done");
  } finally {
    await kernel.kill();
  }
}

async function runCell(
  kernel: Kernel,
  cell: CodeCell,
  number: number,
): Promise<Failure | undefined> {
  const reply = await kernel.execute(cell.source, false);
  await kernel.fence();
  cell.execution_count = reply.execution_count as number;
  if (reply.status === "ok") return undefined;
  return {
    cell: number,
    name: String(reply.ename),
    message: String(reply.evalue),
    traceback: (reply.traceback as string[] | undefined) ?? [],
  };
}
