import { type Failure, RequestError } from "../client/request_error.ts";
import type { Method } from "../trial/plan.ts";
import type { SampleColumns } from "../trial/samples.ts";
import type { Run } from "../trial/trial.ts";

/** A request that failed, in words that cross between processes. */
interface Failed {
  readonly kind: Failure;
  readonly method: Method;
  readonly path: string;
  readonly problem: string;
}

/** One line of JSON for a run. */
export const reportRun = (run: Run): string => JSON.stringify({ run });

/** One line of JSON for the request that ended a run. */
export function reportFailure({ kind, method, path, problem }: RequestError): string {
  return JSON.stringify({ failed: { kind, method, path, problem } satisfies Failed });
}

/**
 * Reads what a child of the lab printed: a run, whose unknown figures are NaN again.
 *
 * @throws {RequestError} the one that ended the run
 * @throws {Error} where it is no report, saying how it begins
 */
export function readReport(printed: string): Run {
  let report: { run?: Run; failed?: Failed } | null = null;
  try {
    report = JSON.parse(printed);
  } catch {
    // Said below.
  }
  const { run, failed } = report ?? {};
  if (failed) throw new RequestError(failed.kind, failed.method, failed.path, failed.problem);
  if (!run?.samples) {
    throw new Error(`printed what is no run: ${JSON.stringify(printed.slice(0, 200))}`);
  }
  const columns = Object.entries(run.samples as unknown as Record<string, unknown[]>)
    .map(([name, values]) => [name, values.map((value) => value ?? NaN)]);
  const costs = Object.entries(run.costs).map(([name, value]) => [name, value ?? NaN]);
  return {
    ...run,
    samples: Object.fromEntries(columns) as SampleColumns,
    costs: Object.fromEntries(costs) as unknown as Run["costs"],
  };
}
