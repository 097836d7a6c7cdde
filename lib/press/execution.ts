/** One kernel's way through the cells of a notebook, within their limits of time. */
import {
  failedCell,
  type Failure,
  interrupted,
  kernelDied,
  type Limit,
  mark,
  timedOut,
  uncaught,
} from "./failure.ts";
import { type Kernel, KernelDied } from "./kernel.ts";
import { uncaughtError } from "./kernel_prelude.ts";
import { type CodeCell, type ErrorOutput, tagsOf } from "./notebook.ts";
import { OutputCollector } from "./outputs.ts";
import type { RunOptions } from "./run_notebook.ts";

export class Execution {
  #collector = new OutputCollector();
  #uncaught: ErrorOutput[] = [];

  constructor(
    readonly kernel: Kernel,
    readonly options: RunOptions,
    readonly deadline: number,
  ) {
    kernel.onPublished = (message) => {
      const error = uncaughtError(message);
      if (error === undefined) return this.#collector.take(message);
      this.#uncaught.push(error);
      this.#collector.add(error);
    };
  }

  async run(cell: CodeCell): Promise<Failure | undefined> {
    this.#collector.collectInto(cell);
    const started = new Date().toISOString();
    try {
      const failure = await this.#withinLimits(cell);
      return tagsOf(cell).includes("raises-exception") ? undefined : failure;
    } catch (error) {
      if (error instanceof KernelDied) return mark(kernelDied(cell, error.end));
      if (error instanceof OutOfTime) return mark(timedOut(cell, error.limit));
      if (error instanceof Aborted) return mark(interrupted(cell));
      throw error;
    } finally {
      cell.metadata.execution = {
        "iopub.execute_input": started,
        "shell.execute_reply": new Date().toISOString(),
      };
    }
  }

  /** Rejects with OutOfTime, Aborted or KernelDied. */
  async #withinLimits(cell: CodeCell): Promise<Failure | undefined> {
    const left = (this.deadline - performance.now()) / 1000;
    const limit: Limit = left < this.options.cellLimit
      ? { seconds: this.options.limit, option: "--timeout" }
      : { seconds: this.options.cellLimit, option: "--cell-timeout" };
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const abort = () => reject(new Aborted());
    const timer = startTimer(
      Math.min(left, this.options.cellLimit),
      () => reject(new OutOfTime(limit)),
    );
    this.options.signal.addEventListener("abort", abort);
    if (this.options.signal.aborted) abort();
    const finished = this.#execute(cell);
    finished.catch(() => {}); // Its kernel may be ended after a time-out.
    try {
      return await Promise.race([finished, stopped]);
    } catch (error) {
      if (error instanceof OutOfTime) await this.#stop(finished);
      throw error;
    } finally {
      clearTimeout(timer);
      this.options.signal.removeEventListener("abort", abort);
    }
  }

  async #execute(cell: CodeCell): Promise<Failure | undefined> {
    const reply = await this.kernel.execute(cell.source, false);
    await this.kernel.fence();
    cell.execution_count = reply.execution_count as number;
    const [unseen] = this.#uncaught.splice(0);
    if (reply.status === "ok") return unseen && uncaught(cell, unseen);
    if (cell.outputs.every((output) => output.output_type !== "error")) {
      this.#collector.add({ output_type: "error", ...silentFailure });
    }
    return failedCell(cell, cell.outputs.findLast((output) => output.output_type === "error")!);
  }

  /** Interrupts the kernel and gives the cell its grace, so that its last outputs arrive. */
  async #stop(finished: Promise<unknown>): Promise<void> {
    this.kernel.interrupt().catch(() => {});
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const timer = startTimer(this.options.grace, resolve);
    await Promise.race([finished, over]).catch(() => {});
    clearTimeout(timer);
  }
}

const silentFailure = {
  ename: "Error",
  evalue: "the kernel refused the cell and gave no reason: it does not parse, or a package that " +
    "it imports is missing",
  traceback: [],
};

class OutOfTime extends Error {
  constructor(readonly limit: Limit) {
    super();
  }
}
class Aborted extends Error {}

/** `setTimeout` in seconds, which may be Infinity or longer than timers can be. */
function startTimer(seconds: number, then: () => void): ReturnType<typeof setTimeout> | undefined {
  const longest = 2 ** 31 - 1;
  return seconds === Infinity ? undefined : setTimeout(then, Math.min(1000 * seconds, longest));
}
