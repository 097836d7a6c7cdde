/** One kernel's way through the cells of a notebook, within their limits of time. */
import { type Failure, interrupted, kernelDied, shown, timedOut, uncaught } from "./failure.ts";
import { type Kernel, KernelDied } from "../kernel/kernel.ts";
import { hasEnded, uncaughtError } from "./kernel_prelude.ts";
import type { Message } from "../kernel/messages.ts";
import { type CodeCell, type ErrorOutput, tagsOf } from "../notebook/notebook.ts";
import { terminalText } from "../notebook/terminal_text.ts";
import { errorOf, OutputCollector } from "../kernel/outputs.ts";
import { NOTHING_PRINTED } from "../kernel/printed.ts";
import { ABORTED, within } from "../kernel/time_limit.ts";

/** Seconds; Infinity for no limit. */
export interface Limits {
  /** What a cell may take. */
  cellLimit: number;
  /** What all cells of a notebook may take together. */
  limit: number;
  /** Between asking a cell to stop and ending its kernel. */
  grace: number;
}

/** Modules, workers, programs and tests print past the kernel's messages. */
const MAY_PRINT = /\b(import|require|Worker|Command|test)\b/;

/** Seconds that a cell gets to end when somebody is waiting for the run to stop. */
const HURRIED_GRACE = 0.3;

export class Execution {
  #collector = new OutputCollector();
  /** What no code of the cell caught, a promise or a timer. */
  #uncaught: ErrorOutput[] = [];
  /** Errors that were published. The reply to a cell that fails says the same. */
  #published: ErrorOutput[] = [];
  #ended = Promise.withResolvers<void>();
  /** Something that a cell started may print past the kernel's messages. */
  #printing = false;
  #stopping = false;
  readonly #deadline: number;

  /**
   * `kernel` has run the prelude, and says when cells end if `saysEnd`; the notebook's own limit
   * begins now.
   */
  constructor(
    readonly kernel: Kernel,
    readonly saysEnd: boolean,
    readonly limits: Limits,
    readonly signal: AbortSignal,
  ) {
    this.#deadline = performance.now() + 1000 * limits.limit;
    kernel.onPublished = (message) => this.#take(message);
  }

  /** Runs `cell`; its outputs are complete, and what it failed with is known, when this resolves. */
  async run(cell: CodeCell): Promise<Failure | undefined> {
    const started = new Date().toISOString();
    const failure = await this.#withinLimits(cell, this.#execute(cell));
    cell.metadata.execution = {
      "iopub.execute_input": started,
      "shell.execute_reply": new Date().toISOString(),
    };
    return failure;
  }

  /** To be called after the last cell: what still comes to light of it. */
  async finish(cell: CodeCell): Promise<Failure | undefined> {
    return await this.#withinLimits(cell, this.kernel.fence().then(() => this.#lateFailure(cell)));
  }

  #lateFailure(cell: CodeCell): Failure | undefined {
    const [thrown] = this.#uncaught.splice(0);
    const tolerated = tagsOf(cell).includes("raises-exception");
    return thrown === undefined || tolerated ? undefined : uncaught(cell, thrown);
  }

  #take(message: Message): void {
    if (message.header.msg_type === "error") {
      // It may come before what was printed first, so it is shown last.
      this.#published.push(errorOf(message.content));
      return;
    }
    if (hasEnded(message)) return this.#ended.resolve();
    const error = uncaughtError(message);
    if (error === undefined) return this.#collector.take(message);
    this.#uncaught.push(error);
    this.#collector.add(error);
  }

  async #execute(cell: CodeCell): Promise<Failure | undefined> {
    this.#collector.collectInto(cell);
    this.#published = [];
    this.#ended = Promise.withResolvers();
    const reply = await this.kernel.execute(cell.source, false);
    cell.execution_count = reply.execution_count as number;
    this.#printing ||= MAY_PRINT.test(cell.source);
    const fenced = this.#printing || !this.saysEnd || reply.status !== "ok";
    if (!fenced) await this.kernel.orDied(this.#ended.promise);
    const { text, failedTests } = fenced
      ? await this.kernel.fence(this.#printing)
      : NOTHING_PRINTED;
    if (this.#stopping) return undefined;
    this.#collector.print(text);
    let error = this.#published.at(0);
    if (reply.status !== "ok") {
      error = errorOf(reply.evalue === "Execution failed" ? silentFailure : reply);
    }
    if (error !== undefined) this.#collector.add(error);
    for (const output of cell.outputs) {
      if (output.output_type === "stream") output.text = terminalText(output.text);
    }
    const late = this.#lateFailure(cell);
    if (tagsOf(cell).includes("raises-exception")) return undefined;
    if (error !== undefined) {
      const { ename: name, evalue: message, traceback } = error;
      return { status: "failed", cell, name, message, traceback };
    }
    if (late !== undefined || failedTests.length === 0) return late;
    // Of Deno.test or node:test; their report is among its outputs.
    return shown("failed", cell, "TestsFailed", `these tests failed: ${failedTests.join(", ")}`);
  }

  async #withinLimits(
    cell: CodeCell,
    work: Promise<Failure | undefined>,
  ): Promise<Failure | undefined> {
    const { cellLimit, limit, grace } = this.limits;
    const left = (this.#deadline - performance.now()) / 1000;
    try {
      const ended = await within(work, Math.min(left, cellLimit), this.signal);
      if (typeof ended !== "symbol") return ended;
      // Its last outputs may still come, unless the cell waits for something.
      this.#stopping = true;
      this.kernel.interrupt().catch(() => {});
      const patience = ended === ABORTED ? Math.min(grace, HURRIED_GRACE) : grace;
      await within(work, patience, new AbortController().signal).catch(() => {});
      if (ended === ABORTED) return interrupted(cell);
      return left < cellLimit
        ? timedOut(cell, "notebook", limit)
        : timedOut(cell, "cell", cellLimit);
    } catch (error) {
      if (error instanceof KernelDied) return kernelDied(cell, error.end);
      throw error;
    }
  }
}

const silentFailure = {
  ename: "Error",
  evalue: "the kernel refused the cell and gave no reason: it does not parse, or a package that " +
    "it imports is missing",
};
