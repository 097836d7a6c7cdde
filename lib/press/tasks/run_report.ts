/** Results of runs in words for people and as JSON for programs. */
import { dirname } from "node:path";
import { count } from "../../ground/words.ts";
import { exitCodes } from "../run/failure.ts";
import { shownPath } from "../notebook/find_notebooks.ts";
import { isRun, type Json } from "../notebook/notebook.ts";
import { valuesAsJson } from "../notebook/parameters.ts";
import type { JobResult } from "./session.ts";

/** The exit code of a run with these results. */
export function exitCodeOf(results: readonly JobResult[]): number {
  const ended = results.map(({ status }) => status === "not run" ? "done" : status);
  return exitCodes[ended.find((status) => status !== "done") ?? "done"];
}

/** One line on how a notebook went, and below it each failure with its line and traceback. */
export function describeResult(result: JobResult): string {
  const { job, status, seconds, failures, cellsDone } = result;
  const out = shownPath(job.target);
  if (result.reused) {
    return `${job.name}: not run again: what made ${out} has not changed; --fresh runs it again`;
  }
  if (status === "done") {
    const took = `${count(cellsDone, "cell")} in ${duration(seconds)}`;
    return `${job.name}: done, ${took}, in ${out}`;
  }
  const lines = failures.map((failure) => describeFailure(result, failure));
  if (failures.length === 0) lines.push(`${job.name}: ${status}`);
  else if (seconds === 0) lines.push(`Nothing was run; ${out} marks the cells`);
  else lines.push(`What ran is in ${out}`);
  if (job.cwd !== dirname(job.file)) {
    lines.push(
      `It ran in ${shownPath(job.cwd)}, where "lab" is known: names and files are looked for ` +
        "there. Put it and its files into notebooks/mine/, where it runs beside them, or put a " +
        "deno.json beside it that names what it imports",
    );
  }
  return lines.join("\n");
}

/** The whole run as one JSON value. */
export function resultsAsJson(results: readonly JobResult[]): Json {
  return {
    exitCode: exitCodeOf(results),
    error: null,
    notebooks: results.map((result) => ({
      path: result.job.file,
      out: result.status === "not run" ? null : result.job.target,
      status: result.status,
      reused: result.reused,
      parameters: valuesAsJson(result.job.values),
      cells: { run: result.cellsDone, total: result.job.notebook.cells.filter(isRun).length },
      failures: result.failures.map(({ cell, name, message, traceback, at }) => ({
        cell: result.job.numberOf(cell) ?? null,
        id: cell.id,
        executionCount: cell.execution_count,
        name,
        message,
        line: at?.line ?? null,
        source: at?.text ?? null,
        traceback,
      })),
      seconds: Number(result.seconds.toFixed(3)),
    })),
  };
}

/** The JSON of a command that could not start. */
export function usageErrorAsJson(message: string): Json {
  return { exitCode: exitCodes["bad usage"], error: message, notebooks: [] };
}

function describeFailure({ job }: JobResult, failure: JobResult["failures"][number]): string {
  const { cell, name, message, traceback, at } = failure;
  const input = cell.execution_count === null ? "" : ` (In [${cell.execution_count}])`;
  const line = at === undefined ? "" : `, line ${at.line}`;
  const number = job.numberOf(cell);
  const place = number === undefined ? "the injected parameters" : `cell ${number}`;
  const head = `${job.name}: ${place}${input}${line}: ${name}: ${message}`;
  const source = at === undefined ? [] : [`  ${at.line} | ${at.text}`];
  const rest = traceback.filter((text) => text !== "" && text !== `${name}: ${message}`);
  return [head, ...source, ...rest].join("\n");
}

function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
