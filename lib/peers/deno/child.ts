/**
 * A process of the lab's own: hears a DenoPlan as one line of JSON, carries it out, and says what
 * happened as peers do (../elsewhere/said.ts). It ends when standard input does, which is when
 * whoever started it is gone.
 */
import process from "node:process";
import { RequestError } from "../../client/request_error.ts";
import { endWithParentFromThread, hearFirst, say } from "../../ground/parent.ts";
import type { Said, SaidRun, SaidSample } from "../elsewhere/said.ts";
import type { DenoPlan } from "./run_in_deno.ts";

const tell = (said: Said) => say(said);
const onSample = (sample: SaidSample) => tell({ sample });

/** Only what it takes is loaded: memory is measured, and a process that has lanes needs no client. */
async function carryOut(plan: DenoPlan): Promise<SaidRun> {
  if (plan.lanes === null) {
    const { runStrategy } = await import("./run_strategy.ts");
    return await runStrategy(plan, onSample);
  }
  const { runLanes } = await import("./run_lanes.ts");
  return await runLanes(plan, plan.lanes, onSample);
}

const plan = await hearFirst<DenoPlan>();
// This thread will sit in Atomics.wait: another has to look.
if (plan.schedule === "sequential") endWithParentFromThread();
try {
  tell({ run: await carryOut(plan) });
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
