import { startMeter, watchLoop } from "../../runners/meter.ts";
import type { SaidRun, SaidSample } from "../elsewhere/said.ts";
import { highWater } from "./high_water.ts";
import { Queue } from "./queue.ts";
import type { DenoPlan, Lanes } from "./run_in_deno.ts";
import { type LaneReport, type LaneWork, startLane } from "./lane.ts";

/**
 * Carries out a plan in lanes that share one queue, started for it and gone after it; no more of
 * them than there are paths.
 *
 * @throws {RequestError} naming request and lane
 * @throws {Error} naming a lane that crashed or was killed
 */
export async function runLanes(
  plan: DenoPlan,
  { kind, name, startInside }: Lanes,
  onSample: (sample: SaidSample) => void,
): Promise<SaidRun> {
  const { origin, paths, method, connections, deadline } = plan;
  const work: LaneWork = { origin, method, connections, deadline, startInside };
  const queue = new Queue(paths);
  const results: unknown[] = new Array(paths.length).fill(null);
  const begun = now();
  let meter = startInside ? startMeter(watchLoop()) : null;
  const count = Math.min(plan.concurrency ?? Infinity, paths.length);
  const lanes = Array.from(
    { length: count },
    (_, i) =>
      startLane(kind, `${name}, lane ${i + 1} of ${count}`, work, queue, ({ sample, result }) => {
        results[sample.row] = result;
        onSample(sample);
      }),
  );
  try {
    await Promise.all(lanes.map(({ ready }) => ready));
    const opened = startInside ? begun : now();
    meter ??= startMeter(watchLoop());
    for (const lane of lanes) lane.begin();
    const reports = await Promise.all(lanes.map(({ done }) => done));
    const sockets = sum(reports, "sockets");
    const finishes = reports.flatMap(({ lastFinish }) => lastFinish ?? []);
    const lastFinish = finishes.length > 0 ? Math.max(...finishes) : NaN;
    const client = { sockets, lastFinish, inFlight: 0, peakInFlight: 0 };
    const { makespan, costs: { cpuUser, cpuSystem, stall } } = meter(opened, client);
    return {
      opened,
      startUp: opened - begun,
      makespan,
      sockets,
      results,
      stall,
      ...(kind === "threads" ? { cpuUser, cpuSystem, peakMemory: await highWater() } : {
        cpuUser: sum(reports, "cpuUser"),
        cpuSystem: sum(reports, "cpuSystem"),
        peakMemory: sum(reports, "peakMemory"),
      }),
    };
  } finally {
    await Promise.all(lanes.map((lane) => lane.end()));
  }
}

const now = () => performance.timeOrigin + performance.now();

const sum = (reports: readonly LaneReport[], of: Exclude<keyof LaneReport, "lastFinish">) =>
  reports.reduce((total, report) => total + report[of], 0);
