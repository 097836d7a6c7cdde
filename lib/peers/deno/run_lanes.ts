import { startMeter } from "../../runners/meter.ts";
import { watchLoop } from "../../runners/stall.ts";
import type { SaidRun, SaidSample } from "../elsewhere/said.ts";
import { inProcess, inThread } from "./carriers.ts";
import { highWater } from "./high_water.ts";
import { lane, type LaneReport, type Work } from "./lane.ts";
import { Queue } from "./queue.ts";
import type { DenoPlan, Lanes } from "./run_in_deno.ts";

/** What is done with a run of lanes as it goes on. */
export interface LanesHooks {
  /** Told when all lanes are ready: how to make each crash. */
  onReady(crashes: readonly (() => void)[]): void;
  onSample(sample: SaidSample): void;
}

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
  { onReady, onSample }: LanesHooks,
): Promise<SaidRun> {
  const { origin, paths, method, connections, deadline } = plan;
  const work: Work = { origin, method, connections, deadline, startInside };
  const queue = new Queue(paths);
  const results: unknown[] = new Array(paths.length).fill(null);
  const begun = now();
  let meter = startInside ? startMeter(watchLoop()) : null;
  const carry = kind === "threads" ? inThread : inProcess;
  const count = Math.min(plan.concurrency ?? Infinity, paths.length);
  const lanes = Array.from({ length: count }, (_, i) => {
    const called = `${name}, lane ${i + 1} of ${count}`;
    return lane(called, method, (hear) => carry(called, work, queue, hear));
  });
  try {
    await Promise.all(lanes.map((each) => each.ready));
    onReady(lanes.map((each) => each.crash));
    const opened = startInside ? begun : now();
    meter ??= startMeter(watchLoop());
    const reports = await Promise.all(lanes.map((each) =>
      each.work(({ sample, result }) => {
        results[sample.row] = result;
        onSample(sample);
      })
    ));
    const sockets = sum(reports, "sockets");
    const lastFinish = latest(reports.map((report) => report.lastFinish));
    const { makespan, costs } = meter(opened, {
      sockets,
      lastFinish,
      inFlight: 0,
      peakInFlight: 0,
    });
    const { cpuUser, cpuSystem, stall } = costs;
    return {
      ...{ opened, startUp: opened - begun, makespan, sockets, results, stall },
      ...(kind === "threads" ? { cpuUser, cpuSystem, peakMemory: await highWater() } : {
        cpuUser: sum(reports, "cpuUser"),
        cpuSystem: sum(reports, "cpuSystem"),
        peakMemory: sum(reports, "peakMemory"),
      }),
    };
  } finally {
    await Promise.all(lanes.map((each) => each.end()));
  }
}

const now = () => performance.timeOrigin + performance.now();

const sum = (reports: readonly LaneReport[], of: Exclude<keyof LaneReport, "lastFinish">) =>
  reports.reduce((total, report) => total + report[of], 0);

/** The latest of those that are known; NaN where none is. */
const latest = (times: readonly (number | null)[]): number =>
  times.reduce<number>((latest, time) => time === null || time < latest ? latest : time, NaN);
