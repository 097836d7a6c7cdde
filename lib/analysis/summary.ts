import pl, { type DataFrame } from "nodejs-polars";
import type { Trial } from "../trial/trial.ts";
import { idealOf } from "./estimate.ts";
import { type Trials, trialsOf } from "./frames.ts";
import { quantile } from "../ground/quantile.ts";

/**
 * One row a variant, in the order given; twins are left out. Makespan, limit, throughput,
 * efficiency, peak in-flight and sockets are medians over its trials; p50, p95 and max are of the
 * latencies of all its requests; the speed-up is the median over blocks of the baseline's makespan
 * (of an experiment; else the first variant's) ÷ its own.
 *
 * Throughput is requests ÷ makespan, never a mean of 1/latency, which would not see overlap.
 */
export function summaryFrame(trials: Trials): DataFrame {
  const twin = "twin" in trials ? trials.twin.name : null;
  const all = trialsOf(trials).filter((trial) => trial.variant !== twin);
  const names = [...new Set(all.map((trial) => trial.variant))];
  const groups = names.map((name) => all.filter((trial) => trial.variant === name));
  const medians = (take: (trial: Trial) => number) =>
    groups.map((group) => quantile(group.map(take), 0.5));
  const latencies = groups.map((group) =>
    group.flatMap(({ samples }) => samples.end.map((end, i) => end - samples.start[i]))
  );
  const first = groups["baseline" in trials ? names.indexOf(trials.baseline) : 0];
  const base = new Map(first.map((trial) => [trial.block, trial.makespan]));
  return pl.DataFrame({
    variant: names,
    trials: pl.Series("trials", groups.map((group) => group.length), pl.Int32),
    time_ms: medians((trial) => trial.makespan),
    ideal_ms: medians(idealOf),
    efficiency: medians((trial) => idealOf(trial) / trial.makespan),
    throughput_per_s: medians((trial) => trial.samples.path.length / trial.makespan * 1000),
    p50_ms: latencies.map((values) => quantile(values, 0.5)),
    p95_ms: latencies.map((values) => quantile(values, 0.95)),
    max_ms: latencies.map((values) => quantile(values, 1)),
    peak_in_flight: medians((trial) => trial.costs.peakInFlight),
    sockets: medians((trial) => trial.origin.sockets),
    speed_up: medians((trial) => base.get(trial.block)! / trial.makespan),
  });
}
