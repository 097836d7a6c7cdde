/** One kernel's way through the cells of a notebook, within their limits of time. */
import {
  failedCell,
  type Failure,
  interrupted,
  kernelDied,
  mark,
  timedOut,
  uncaught,
} from "./failure.ts";
import { type Kernel, KernelDied } from "../kernel/kernel.ts";
import { notBegun, uncaughtError, withBeginning, withoutBeginning } from "./kernel_prelude.ts";
import type { Message } from "../kernel/messages.ts";
import { type CodeCell, type ErrorOutput, tagsOf } from "../notebook/notebook.ts";
import { displayId, errorOf, OutputCollector } from "../kernel/outputs.ts";
import type { RunOptions } from "./run_notebook.ts";
import { Aborted, type Limit, OutOfTime, withinLimit } from "../kernel/time_limit.ts";

/** Seconds that a cell gets to end when somebody is waiting for the run to stop. */
const HURRIED_GRACE = 0.3;

const mayFail = (cell: CodeCell) => tagsOf(cell).includes("raises-exception");

export class Execution {
  #collector = new OutputCollector();
  /** The cell that outputs belong to now, and those to come by what is said when they begin. */
  #current: CodeCell | undefined;
  /** The cell that was run last: what it shows may lag behind its reply. */
  #last: CodeCell | undefined;
  #coming = new Map<string, CodeCell>();
  #stopping = false;
  #uncaught: { cell: CodeCell; error: ErrorOutput }[] = [];

  /**
   * `kernel` has run the prelude; `deadline` is the end of the notebook's own limit, on the clock
   * of `performance.now()`.
   */
  constructor(
    readonly kernel: Kernel,
    readonly options: RunOptions,
    readonly deadline: number,
  ) {
    kernel.onPublished = (message) => this.#take(message);
  }

  /**
   * Runs `cell`; its outputs may be complete only when the next begins, or when `finish` resolves.
   * A failure may be that of the cell before, when it has only come to light.
   */
  async run(cell: CodeCell): Promise<Failure | undefined> {
    const started = new Date().toISOString();
    const failure = await this.#withinLimits(cell, this.#execute(cell));
    if (failure === undefined || failure.cell === cell) {
      cell.metadata.execution = {
        "iopub.execute_input": started,
        "shell.execute_reply": new Date().toISOString(),
      };
    }
    return failure;
  }

  /** To be called after the last cell: waits for its outputs and says what still comes to light. */
  async finish(): Promise<Failure | undefined> {
    if (this.#last === undefined) return undefined;
    const settled = this.kernel.fence().then(() => this.#uncaughtFailure());
    return await this.#withinLimits(this.#last, settled);
  }

  #take(message: Message): void {
    const beginning = this.#coming.get(displayId(message.content));
    if (beginning !== undefined) return this.#begin(beginning);
    // It may come before what was printed first; the reply says the same.
    if (message.header.msg_type === "error") return;
    const error = uncaughtError(message);
    if (error === undefined) return this.#collector.take(message);
    error.traceback = withoutBeginning(error.traceback);
    if (this.#current) this.#uncaught.push({ cell: this.#current, error });
    this.#collector.add(error);
  }

  #begin(cell: CodeCell): void {
    this.#current = cell;
    this.#collector.collectInto(cell);
  }

  async #execute(cell: CodeCell): Promise<Failure | undefined> {
    const tolerant = this.#last !== undefined && mayFail(this.#last);
    this.#last = cell;
    const { code, marker } = withBeginning(cell.source, tolerant);
    this.#coming.set(marker, cell);
    const reply = await this.kernel.execute(code, false);
    if (notBegun(reply)) {
      await this.kernel.fence();
      cell.outputs = [];
      return this.#uncaughtFailure();
    }
    cell.execution_count = reply.execution_count as number;
    if (reply.status === "ok") return undefined;
    await this.kernel.fence();
    if (this.#stopping) return undefined;
    // What cannot be compiled never says that it begins.
    if (this.#current !== cell) this.#begin(cell);
    const error = errorOf(reply.evalue === "Execution failed" ? silentFailure : reply);
    error.traceback = withoutBeginning(error.traceback);
    this.#collector.add(error);
    return mayFail(cell) ? undefined : failedCell(cell, error);
  }

  #uncaughtFailure(): Failure | undefined {
    const seen = this.#uncaught.find(({ cell }) => !mayFail(cell));
    return seen && uncaught(seen.cell, seen.error);
  }

  async #withinLimits(
    cell: CodeCell,
    work: Promise<Failure | undefined>,
  ): Promise<Failure | undefined> {
    const { cellLimit, limit, grace, signal } = this.options;
    const left = (this.deadline - performance.now()) / 1000;
    const reached: Limit = left < cellLimit
      ? { seconds: limit, option: "--timeout" }
      : { seconds: cellLimit, option: "--cell-timeout" };
    try {
      return await withinLimit(work, Math.min(left, cellLimit), reached, signal);
    } catch (error) {
      if (error instanceof KernelDied) return mark(kernelDied(cell, error.end));
      const patience = error instanceof Aborted ? Math.min(grace, HURRIED_GRACE) : grace;
      if (!(error instanceof OutOfTime || error instanceof Aborted)) throw error;
      // Its last outputs may still come, unless the cell waits for something.
      this.#stopping = true;
      this.kernel.interrupt().catch(() => {});
      await withinLimit(work, patience, reached, new AbortController().signal).catch(() => {});
      return mark(error instanceof Aborted ? interrupted(cell) : timedOut(cell, error.limit));
    }
  }
}

const silentFailure = {
  ename: "Error",
  evalue: "the kernel refused the cell and gave no reason: it does not parse, or a package that " +
    "it imports is missing",
};
