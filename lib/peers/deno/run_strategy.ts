import { runInProcess } from "../../runners/in_process.ts";
import type { SaidRun, SaidSample } from "../elsewhere/said.ts";
import { highWater } from "./high_water.ts";
import { meansOf } from "./means.ts";
import type { DenoPlan } from "./run_in_deno.ts";
import { saidSample } from "./said_sample.ts";

/**
 * Carries out a plan by a strategy of the library, in this process; its samples are said in the end.
 * @throws {RequestError} the one that ended the run
 */
export async function runStrategy(
  plan: DenoPlan,
  onSample: (sample: SaidSample) => void,
): Promise<SaidRun> {
  const { strategy, client, concurrency } = meansOf(plan);
  const signal = new AbortController().signal;
  const { startUp: _, samples, costs, ...run } = await runInProcess(strategy, client, concurrency, {
    ...plan,
    signal,
    onSample() {},
  });
  samples.path.forEach((_, row) => onSample(saidSample(samples, row, row)));
  const { cpuUser, cpuSystem, sockets, stall } = costs;
  const peakMemory = Math.max(await highWater(), costs.peakMemory);
  return { ...run, cpuUser, cpuSystem, sockets, stall, peakMemory };
}
