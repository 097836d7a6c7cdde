/** `deno task run` after its options are read: check everything, run one notebook at a time. */
import type { CellModules, CellProblem } from "../cells/cell_modules.ts";
import { checkCells } from "../cells/check_cells.ts";
import { ConfigurationError } from "../cells/module_graph.ts";
import { type Failure, shown, type Status } from "../run/failure.ts";
import type { Job } from "../run/job.ts";
import { KernelSupply } from "../kernel/kernel.ts";
import { clearOutputs, isRun, NotebookError } from "../notebook/notebook.ts";
import { sweepPartials } from "../../ground/whole_file.ts";
import { keeper, writeNotebook } from "../notebook/keep_notebook.ts";
import { ProgressLine, type Screen } from "./progress_line.ts";
import { newRecord, setRecord } from "../record/record.ts";
import { mayStand, reuseExecuted } from "../record/executed_copy.ts";
import { withReads } from "../record/reads.ts";
import { modulesOf, provenanceOf } from "../record/stamp.ts";
import { earlierSeconds, recordRun } from "../run/run_record.ts";
import { runNotebook, type RunOptions } from "../run/run_notebook.ts";
import { lineOf, type SourceLine, sourceLine } from "../run/source_line.ts";

/** What became of a notebook. */
export type JobResult = Awaited<ReturnType<typeof notRun>>;

/** How jobs are run, and who is told. */
export interface SessionOptions extends Pick<RunOptions, "limits" | "signal"> {
  screen: Screen;
  /** Runs what has not changed, too. */
  fresh: boolean;
  onResult(result: JobResult): void;
  /** Cells wait for it: what is being prepared meanwhile. */
  ready: Promise<void>;
}

/**
 * Runs the jobs one after the other, each into its target, and stops at the first that is not
 * done. Before any of them runs, every one is checked (checkCells); then a notebook that cannot
 * run gets its errors marked in its target and no cell of any notebook is run. What has not
 * changed since its target was made is not run again, unless `fresh`.
 */
export async function runJobs(
  jobs: readonly Job[],
  options: SessionOptions,
): Promise<JobResult[]> {
  const { signal, fresh, onResult } = options;
  await using kernels = new KernelSupply(signal);
  using read = new DisposableStack();
  const results: JobResult[] = [];
  /** Of the first that is run in any case: its packages come while files are read, others' after them. */
  const checks = new Map<Job, Promise<CellProblem[]>>();
  for (const job of jobs) {
    const isRunAnyway = fresh || !mayStand(job);
    if (isRunAnyway) kernels.prepare(job.cwd);
    const modules = read.use(await readModules(job, signal));
    if (isRunAnyway && checks.size === 0) checks.set(job, checkCells(modules));
    checks.get(job)?.catch(() => {}); // check waits for it
    results.push(await notRun(job, modules));
  }
  for (const result of results) {
    if (!fresh) reuse(result);
    if (!result.reused) await check(result, kernels, checks.get(result.job));
    if (result.status !== "not run") onResult(result);
    if (signal.aborted) return results;
  }
  if (results.some(({ status }) => status !== "not run")) return results;
  for (const result of results) {
    if (result.reused) result.status = "done";
    else {
      // Nothing of ours runs beside a cell.
      await options.ready;
      await run(result, kernels, options);
    }
    onResult(result);
    if (result.status !== "done") break;
  }
  return results;
}

async function notRun(job: Job, modules: CellModules) {
  return {
    job,
    modules,
    /** What its outputs come from, as it was before anything ran. */
    provenance: await provenanceOf(job.notebook, modules),
    status: "not run" as Status | "not run",
    /** Nothing was run: the executed copy of an earlier run still stands. */
    reused: false,
    /**
     * Each with the line it happened at, where that is known. More than one only when cells do not
     * parse or import what is not there.
     */
    failures: [] as (Failure & { at: SourceLine | undefined })[],
    /** How many of the cells to run have run without failing. */
    cellsDone: 0,
    seconds: 0,
  };
}

async function readModules({ notebook, cwd, name }: Job, signal: AbortSignal) {
  try {
    return await modulesOf(notebook, cwd, signal);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new NotebookError(name, `cannot run: ${error.message}`, { cause: error });
  }
}

function reuse(result: JobResult): void {
  const seconds = reuseExecuted(result.job, result.provenance);
  if (seconds === undefined) return;
  const cellsDone = result.job.notebook.cells.filter(isRun).length;
  Object.assign(result, { reused: true, cellsDone, seconds });
}

async function check(
  result: JobResult,
  kernels: KernelSupply,
  checking = checkCells(result.modules),
): Promise<void> {
  const { job } = result;
  kernels.prepare(job.cwd);
  const problems = await checking;
  if (kernels.signal.aborted) {
    result.status = "interrupted";
    return;
  }
  if (problems.length === 0) return;
  clearOutputs(job.notebook);
  setRecord(job.notebook, undefined);
  result.status = "failed";
  result.failures = problems.map(({ cell, name, message, line }) => ({
    ...shown("failed", cell, name, message),
    at: lineOf(cell, line),
  }));
  writeNotebook(job.target, job.notebook);
}

async function run(
  result: JobResult,
  kernels: KernelSupply,
  { limits, signal, screen }: SessionOptions,
): Promise<void> {
  const { job } = result;
  const ids = job.notebook.cells.filter(isRun).map((cell) => cell.id);
  const earlier = earlierSeconds(job);
  using progress = new ProgressLine(screen, job.name, ids.map((id) => earlier.get(id)));
  const started = new Date();
  setRecord(job.notebook, undefined);
  sweepPartials(job.target);
  const keep = keeper(job.target, job.notebook);
  const outcome = await runNotebook(job.notebook, kernels.take(job.cwd), {
    limits,
    signal,
    cellStarted: () => progress.cellStarted(),
    cellEnded: () => {
      progress.cellEnded();
      keep.cellEnded();
    },
  });
  const { provenance, modules } = result;
  const read = withReads(provenance, outcome.accessed, modules, started);
  const { stamp, elsewhere, unknown = null } = read;
  recordRun(job, outcome, started, { elsewhere, unknown });
  if (outcome.status === "done") setRecord(job.notebook, newRecord(job.notebook, stamp));
  keep.runEnded();
  const { status, failure, seconds } = outcome;
  const cellsDone = failure === undefined ? ids.length : ids.indexOf(failure.cell.id);
  Object.assign(result, { status, seconds, cellsDone });
  if (failure === undefined) return;
  result.failures = [{ ...failure, at: await sourceLine(failure.cell, failure.traceback) }];
}
