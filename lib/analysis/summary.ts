import defer * as pl from "nodejs-polars";
import { quantile } from "../ground/quantile.ts";
import type { Trial } from "../trial/trial.ts";
import { allTrials, type Trials } from "./frames.ts";
import { geometric, idealOf } from "./ideal_of.ts";
import { ratioInterval } from "./interval.ts";

/**
 * One row a variant, in the order given; twins are left out. Time, ideal, efficiency (ideal ÷ time)
 * and throughput (requests ÷ time, never a mean of 1/latency, which would not see overlap) are
 * geometric means over its trials, as in `estimate`: so the speed-up, which is the baseline's time ÷
 * its own (of an experiment; else the first variant's), is 1 ÷ the ratio there. From low to high is
 * the time's own 95 % interval, NaN where there was one trial. Peak in-flight and
 * sockets are medians; p50, p95 and max are of the latencies of all its requests.
 */
export function summaryFrame(trials: Trials): pl.DataFrame {
  const twin = "twin" in trials ? trials.twin.name : null;
  const all = allTrials(trials).filter((trial) => trial.variant !== twin);
  const names = [...new Set(all.map((trial) => trial.variant))];
  const groups = names.map((name) => all.filter((trial) => trial.variant === name));
  const means = (of: (trial: Trial) => number) => groups.map((group) => geometric(group, of));
  const medians = (of: (trial: Trial) => number) =>
    groups.map((group) => quantile(group.map(of), 0.5));
  const latencies = groups.map((group) =>
    group.flatMap(({ samples }) => samples.end.map((end, i) => end - samples.start[i]))
  );
  const times = means((trial) => trial.makespan);
  const intervals = groups.map((group) =>
    group.length < 2 ? { low: NaN, high: NaN } : ratioInterval(group.map((one) => one.makespan))
  );
  const base = times["baseline" in trials ? names.indexOf(trials.baseline) : 0];
  return pl.DataFrame({
    variant: names,
    trials: pl.Series("trials", groups.map((group) => group.length), pl.Int32),
    connections: groups.map(([{ connections }]) => connections),
    time_ms: times,
    low_ms: intervals.map(({ low }) => low),
    high_ms: intervals.map(({ high }) => high),
    ideal_ms: means(idealOf),
    efficiency: means((trial) => idealOf(trial) / trial.makespan),
    throughput_per_s: means((trial) => trial.samples.path.length / trial.makespan * 1000),
    p50_ms: latencies.map((values) => quantile(values, 0.5)),
    p95_ms: latencies.map((values) => quantile(values, 0.95)),
    max_ms: latencies.map((values) => quantile(values, 1)),
    peak_in_flight: medians((trial) => trial.costs.peakInFlight),
    sockets: medians((trial) => trial.origin.sockets),
    speed_up: times.map((time) => base / time),
  });
}
