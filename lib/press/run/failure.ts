/** How runs of notebooks end, in words and in exit codes. */
import type { KernelEnd } from "../kernel/kernel_process.ts";
import type { CodeCell, ErrorOutput } from "../notebook/notebook.ts";

export type Status = "done" | "failed" | "died" | "timed out" | "interrupted";

/** What the process of `deno task run` exits with. */
export const exitCodes: Record<Status | "bad usage", number> = {
  done: 0,
  failed: 1,
  "bad usage": 2,
  died: 3,
  "timed out": 4,
  interrupted: 130,
};

/** What went wrong, and in which cell. */
export interface Failure {
  status: Exclude<Status, "done">;
  cell: CodeCell;
  name: string;
  message: string;
  traceback: string[];
}

/** A failure that is shown in its cell, since the kernel itself had no chance to. */
export function shown(
  status: Failure["status"],
  cell: CodeCell,
  name: string,
  message: string,
  traceback: string[] = [],
): Failure {
  const whole = [`${name}: ${message}`, ...traceback];
  cell.outputs.push({ output_type: "error", ename: name, evalue: message, traceback: whole });
  return { status, cell, name, message, traceback };
}

/** An error that came from no cell's own code in time: a promise nobody waited for, a timer. */
export function uncaught(cell: CodeCell, { ename, evalue, traceback }: ErrorOutput): Failure {
  const [name, why] = traceback[0]?.startsWith("Uncaught (in promise)")
    ? ["UnhandledRejection", "nothing awaits or catches its promise"]
    : ["UncaughtException", "nothing catches it"];
  const message = `${ename}: ${evalue} (it came to light while this cell ran; ${why})`;
  return { status: "failed", cell, name, message, traceback };
}

/** A cell, or the notebook while this cell ran, was not done after so many `seconds`. */
export function timedOut(cell: CodeCell, what: "cell" | "notebook", seconds: number): Failure {
  const option = what === "cell" ? "--cell-timeout" : "--timeout";
  const message = `the ${what} was not done after ${seconds} s (${option})`;
  return shown("timed out", cell, "TimedOut", message);
}

/** The run was told to stop. */
export function interrupted(cell: CodeCell): Failure {
  const message = "the run was interrupted while this cell ran";
  return shown("interrupted", cell, "Interrupted", message);
}

/** The kernel went away, for the reason its end tells. */
export function kernelDied(cell: CodeCell, end: KernelEnd): Failure {
  const traceback = end.stderr.split("\n").filter((line) => line.trim() !== "").slice(-12);
  return shown("died", cell, "KernelDied", howItEnded(end), traceback);
}

/** One sentence on the end of a kernel and its likely cause. */
function howItEnded(end: KernelEnd): string {
  if (end.garbled) {
    return "what the kernel published came mixed up, as it does when it publishes more while " +
      "several megabytes are on their way: let the cell show less, or wait a while after it";
  }
  if (/out of memory|heap limit/i.test(end.stderr)) {
    return "the kernel ran out of memory: keep less in it, or give it more with " +
      "DENO_V8_FLAGS=--max-old-space-size=<MB>";
  }
  if (end.signal === "SIGKILL") {
    return "the kernel was killed (SIGKILL): by somebody, or by the system for want of memory";
  }
  if (end.signal !== null) return `the kernel was ended by ${end.signal}`;
  if (/panicked|Deno has panicked/.test(end.stderr)) {
    return "the kernel crashed; see its last words";
  }
  return `the kernel ended by itself with exit code ${end.code}: does the cell call Deno.exit?`;
}
