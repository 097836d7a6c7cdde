/** `deno task run`: runs notebooks, keeps the executed copies and publishes them. */
import { exitCodes } from "../run/failure.ts";
import { findNotebooks } from "../notebook/find_notebooks.ts";
import { readJob } from "../run/job.ts";
import { saveInPlace } from "../record/executed_copy.ts";
import { writeExact } from "../notebook/exact_json.ts";
import type { Json, JsonObject } from "../notebook/notebook.ts";
import { standardError } from "./progress_line.ts";
import { describeResult, exitCodeOf, resultsAsJson, usageErrorAsJson } from "./run_report.ts";
import { readRunOptions, type RunRequest } from "./run_options.ts";
import { type JobResult, runJobs } from "./session.ts";
import { stopSignal } from "../../ground/stop_signal.ts";
import { ToldError } from "../../ground/told_error.ts";
import { runTask, toldOf } from "../../ground/usage.ts";

/** Runs the command line `args`; returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const request = readRunOptions(args);
    return request === undefined ? exitCodes.done : await run(request);
  } catch (error) {
    const told = args.includes("--json") ? toldOf(error) : undefined;
    if (told !== undefined) printJson(usageErrorAsJson(told.message));
    throw error;
  }
}

async function run(request: RunRequest): Promise<number> {
  const jobs = findNotebooks(request.names)
    .map((file) => readJob(file, request.out, request.quick, request.values));
  const signal = stopSignal();
  // The runner starts without what posts are made with: that loads while the kernel starts.
  const prepared = async () => (await loaded()).prepare(jobs.map(({ notebook }) => notebook));
  const ready = request.posts.targets.length > 0 ? prepared().catch(() => {}) : Promise.resolve();
  const results = await runJobs(jobs, {
    ...request,
    signal,
    ready,
    screen: standardError,
    onResult(result) {
      standardError.write(describeResult(result) + "\n");
      if (!request.save || result.status !== "done") return;
      const bytes = saveInPlace(result.job);
      standardError.write(`${result.job.name}: saved, ${(bytes / 1e3).toFixed(0)} kB\n`);
    },
  });
  const published = signal.aborted || await publishRun(results, request);
  const exitCode = exitCodeOf(results) || (published ? exitCodes.done : exitCodes["bad usage"]);
  if (request.json) printJson({ ...resultsAsJson(results) as JsonObject, exitCode });
  return exitCode;
}

function printJson(value: Json): void {
  const bytes = new TextEncoder().encode(writeExact(value, "\n").replaceAll(/\n */g, "") + "\n");
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

const loaded = () => import("./publish.ts");

/** Publishes what was run to its end. Returns whether it could; why not has then been said. */
async function publishRun(results: readonly JobResult[], request: RunRequest): Promise<boolean> {
  const { posts, out, names } = request;
  const done = results.filter(({ status }) => status === "done");
  if (posts.targets.length === 0 || done.length === 0) return true;
  const { publishPosts } = await loaded();
  try {
    await publishPosts(
      done.map(({ job }) => ({ file: job.target, name: job.name, original: job.file })),
      { ...posts, out, strict: false, all: names.length === 0 && done.length === results.length },
      "published ",
    );
    return true;
  } catch (error) {
    if (!(error instanceof ToldError)) throw error;
    console.error(error.message);
    return false;
  }
}

if (import.meta.main) await runTask("run", () => main(Deno.args));
