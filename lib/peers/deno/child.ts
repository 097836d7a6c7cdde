/**
 * A process of the lab's own: hears a DenoPlan as one line of JSON, carries it out, and says what
 * happened as peers do (../elsewhere/said.ts). It ends when standard input does, which is when whoever started
 * it is gone.
 */
import process from "node:process";
import { RequestError } from "../../client/request_error.ts";
import { endWithParentFromThread, hearFirst, say } from "../../ground/json_lines.ts";
import { runInProcess } from "../../runners/in_process.ts";
import type { Said, SaidRun } from "../elsewhere/said.ts";
import { highWater } from "./high_water.ts";
import { meansOf } from "./means.ts";
import type { DenoPlan } from "./run_in_deno.ts";
import { runLanes } from "./run_lanes.ts";
import { saidSample } from "./said_sample.ts";

const tell = (said: Said) => say(said);

async function runStrategy(plan: DenoPlan): Promise<SaidRun> {
  const { strategy, client, concurrency } = meansOf(plan);
  const signal = new AbortController().signal;
  const { startUp: _, samples, costs, ...run } = await runInProcess(strategy, client, concurrency, {
    ...plan,
    signal,
    onSample: () => {},
  });
  samples.path.forEach((_, row) => tell({ sample: saidSample(samples, row, row) }));
  const { cpuUser, cpuSystem, sockets, stall } = costs;
  const peakMemory = Math.max(await highWater(), costs.peakMemory);
  return { ...run, cpuUser, cpuSystem, sockets, stall, peakMemory };
}

let crashes: readonly (() => void)[] = [];
const plan = await hearFirst<DenoPlan>(({ crash }: { crash: number }) => crashes[crash]());
// This thread will sit in Atomics.wait: another has to look.
if (plan.schedule === "sequential") endWithParentFromThread();
try {
  const run = plan.lanes === null ? await runStrategy(plan) : await runLanes(plan, plan.lanes, {
    onReady(each) {
      crashes = each;
      tell({ lanes: each.length });
    },
    onSample: (sample) => tell({ sample }),
  });
  tell({ run });
} catch (error) {
  if (!(error instanceof Error)) throw error;
  if (!(error instanceof RequestError) && plan.lanes === null) throw error;
  const { message } = error;
  const request = error instanceof RequestError ? error : null;
  tell({
    failed: {
      message,
      request: request && { kind: request.kind, path: request.path, problem: request.problem },
    },
  });
}
process.exit(0);
