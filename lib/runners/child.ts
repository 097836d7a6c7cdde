/**
 * A process of the lab's own: reads a Plan as one line of JSON from standard input, carries it out,
 * prints a report (child_report.ts) as one line and ends. It also ends when standard input does,
 * which is when whoever started it is gone.
 */
import process from "node:process";
import { RequestError } from "../client/request_error.ts";
import type { Plan } from "../trial/plan.ts";
import type { Run } from "../trial/trial.ts";
import { reportFailure, reportRun } from "./child_report.ts";
import { highWater } from "./high_water.ts";
import { runInProcess } from "./in_process.ts";
import { meansOf } from "./planned.ts";

async function carryOut(plan: Plan): Promise<Run> {
  const { strategy, client, concurrency } = meansOf(plan);
  const origin = plan.urls.length > 0 ? new URL(plan.urls[0]).origin : "http://127.0.0.1";
  const run = await runInProcess(strategy, client, concurrency, {
    origin,
    paths: plan.urls.map((url) => url.slice(origin.length)),
    method: plan.method,
    deadline: plan.deadline,
    signal: new AbortController().signal,
    onSample: () => {},
  });
  const peakMemory = Math.max(await highWater(), run.costs.peakMemory);
  return { ...run, costs: { ...run.costs, peakMemory, measuredIn: "own process" } };
}

/** The first line of standard input. */
async function firstLine(): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(65_536);
  let text = "";
  while (!text.includes("\n")) {
    const length = await Deno.stdin.read(buffer);
    if (length === null) throw new Error("standard input ended before its first line did");
    text += decoder.decode(buffer.subarray(0, length), { stream: true });
  }
  return text;
}

/** Ends this process when standard input ends. */
async function endWithParent(): Promise<void> {
  const buffer = new Uint8Array(64);
  while (await Deno.stdin.read(buffer) !== null);
  process.exit(1);
}

const plan: Plan = JSON.parse(await firstLine());
if (plan.schedule === "sequential") {
  // This thread will sit in Atomics.wait: another has to look.
  new Worker(new URL("./child_watch.ts", import.meta.url), { type: "module" });
} else {
  endWithParent();
}
let report: string;
try {
  report = reportRun(await carryOut(plan));
} catch (error) {
  if (!(error instanceof RequestError)) throw error;
  report = reportFailure(error);
}
const bytes = new TextEncoder().encode(report + "\n");
for (let at = 0; at < bytes.length;) at += await Deno.stdout.write(bytes.subarray(at));
process.exit(0);
