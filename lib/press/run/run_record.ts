/** What an executed copy says of its run, and what the next run learns from it. */
import type { Job } from "./job.ts";
import { isRun, type JsonObject, labOf, type Notebook, noteInLab } from "../notebook/notebook.ts";
import { valuesAsJson } from "../notebook/parameters.ts";
import { findNotebook } from "../notebook/parse_notebook.ts";
import type { Outcome } from "./run_notebook.ts";

/** Notes status, length and parameters of a run, and `more`, under `metadata.lab.run`. */
export function recordRun(job: Job, outcome: Outcome, started: Date, more: JsonObject): void {
  const { metadata } = job.notebook;
  noteInLab(job.notebook, {
    run: {
      status: outcome.status,
      started: started.toISOString(),
      seconds: Number(outcome.seconds.toFixed(3)),
      parameters: valuesAsJson(job.values),
      ...more,
    },
  });
  // Viewers and nbconvert need these; a notebook written by hand may lack them.
  metadata.kernelspec ??= { display_name: "Deno", language: "typescript", name: "deno" };
  metadata.language_info ??= {
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  };
}

/**
 * How many seconds each cell took, by id, in the last complete run of `job` into the same place
 * with the same parameters; empty when there is none to go by.
 */
export function earlierSeconds(job: Job): Map<string, number> {
  const earlier = findNotebook(job.target);
  const run = earlier && labOf(earlier).run as JsonObject | undefined;
  const same = JSON.stringify(run?.parameters) === JSON.stringify(valuesAsJson(job.values));
  return earlier && run?.status === "done" && same ? cellSeconds(earlier) : new Map();
}

/** How many seconds each cell took, by id, in the run that left `notebook` behind. */
export function cellSeconds(notebook: Notebook): Map<string, number> {
  return new Map(
    notebook.cells.filter(isRun).flatMap(({ id, metadata }) => {
      const execution = metadata.execution as JsonObject | undefined;
      const start = Date.parse(String(execution?.["iopub.execute_input"]));
      const end = Date.parse(String(execution?.["shell.execute_reply"]));
      return end >= start ? [[id, (end - start) / 1000] as const] : [];
    }),
  );
}
