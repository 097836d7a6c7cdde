import type { Connections, Method } from "../trial/plan.ts";
import type { SampleColumns } from "../trial/samples.ts";
import type { Run } from "../trial/trial.ts";

/** One pass, as a runner is asked for it; nothing left open. */
export interface Task {
  /** Where the API answers, no trailing slash. */
  readonly origin: string;
  readonly paths: readonly string[];
  readonly method: Method;
  /** For each request, ms. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Called as each request finishes, with its row. */
  readonly onSample: (columns: SampleColumns, row: number) => void;
}

/** A way of doing the work, named: what an experiment compares. */
export interface Variant {
  readonly name: string;
  /** Requests it lets overlap; Infinity where nothing bounds it. */
  readonly concurrency: number;
  readonly connections: Connections;
  run(task: Task): Promise<Run>;
}
