import defer * as pl from "nodejs-polars";
import { failures, KINDS } from "../trial/failures.ts";
import type { Measured } from "../trial/measured.ts";
import type { Trial } from "../trial/trial.ts";
import { idealOf } from "./ideal_of.ts";

/** One trial, several, or all of an experiment. */
export type Trials = Trial | readonly Trial[] | Measured;

/**
 * The trials of whatever holds them, an experiment's by variant as it was given them, the twin last;
 * throws a RangeError where there is none.
 */
export function allTrials(trials: Trials): readonly Trial[] {
  const list = Array.isArray(trials) ? trials : "passes" in trials ? byVariant(trials) : [trials];
  if (list.length === 0) throw new RangeError("a frame needs one trial or more, not 0");
  return list;
}

function byVariant({ passes, variants, twin }: Measured): Trial[] {
  const names = [...variants, twin.name];
  return passes.toSorted((a, b) => names.indexOf(a.variant) - names.indexOf(b.variant));
}

/**
 * One row a request, in the order dispatched, trial by trial. Times from the opening of the trial's
 * client, in ms; overhead is latency less service, queue and handshake: what the client and the wire
 * added.
 */
export function sampleFrame(trials: Trials): pl.DataFrame {
  const all = allTrials(trials);
  const column = <T>(take: (trial: Trial) => readonly T[]): T[] => all.flatMap(take);
  const since = (name: "planned" | "start" | "end") =>
    column((trial) => trial.samples[name].map((at) => at - trial.opened));
  const own = (name: "drawn" | "served" | "queue" | "handshake") =>
    column((trial) => trial.samples[name]);
  const latency = column(({ samples }) => samples.end.map((end, i) => end - samples.start[i]));
  const [served, queue, handshake] = [own("served"), own("queue"), own("handshake")];
  return pl.DataFrame({
    variant: column((trial) => trial.samples.path.map(() => trial.variant)),
    block: whole("block", column((trial) => trial.samples.path.map(() => trial.block))),
    request: whole("request", column((trial) => trial.samples.path.map((_, i) => i))),
    path: column((trial) => trial.samples.path),
    k: whole("k", column((trial) => trial.samples.k)),
    planned_ms: since("planned"),
    start_ms: since("start"),
    end_ms: since("end"),
    latency_ms: latency,
    drawn_ms: own("drawn"),
    served_ms: served,
    queue_ms: queue,
    handshake_ms: handshake,
    overhead_ms: latency.map((ms, i) => ms - served[i] - queue[i] - handshake[i]),
    status: whole("status", column((trial) => trial.samples.status)),
    bytes: whole("bytes", column((trial) => trial.samples.bytes)),
    error: column((trial) => trial.samples.error),
    attempt: whole("attempt", column((trial) => trial.samples.attempt)),
    socket: whole("socket", column((trial) => trial.samples.socket)),
  });
}

/**
 * One row a trial, in the order given, an experiment's by variant (`results.passes` has them in the
 * order run); efficiency is ideal ÷ time. Requests count every attempt.
 * CPU and memory are those of `measured_in`: in the caller's process its heap counts too.
 */
export function trialFrame(trials: Trials): pl.DataFrame {
  const all = allTrials(trials);
  const column = (take: (trial: Trial) => number) => all.map(take);
  const ideals = all.map(idealOf);
  const requests = all.map((trial) => trial.samples.path.length);
  const failed = all.map((trial) => failures(trial.samples));
  const byKind = KINDS.map((kind) => [
    `errors_${kind}`,
    whole(`errors_${kind}`, failed.map((counts) => counts.get(kind) ?? 0)),
  ]);
  return pl.DataFrame({
    variant: all.map((trial) => trial.variant),
    block: whole("block", column((trial) => trial.block)),
    seed: whole("seed", column((trial) => trial.seed)),
    requests: whole("requests", requests),
    concurrency: column((trial) => trial.concurrency),
    connections: all.map((trial) => trial.connections),
    time_ms: column((trial) => trial.makespan),
    ideal_ms: ideals,
    efficiency: all.map((trial, i) => ideals[i] / trial.makespan),
    throughput_per_s: all.map((trial, i) => requests[i] / trial.makespan * 1000),
    start_up_ms: column((trial) => trial.startUp),
    cpu_user_ms: column((trial) => trial.costs.cpuUser),
    cpu_system_ms: column((trial) => trial.costs.cpuSystem),
    peak_memory_mb: column((trial) => trial.costs.peakMemory / 1e6),
    client_sockets: whole("client_sockets", column((trial) => trial.costs.sockets)),
    origin_sockets: whole("origin_sockets", column((trial) => trial.origin.sockets)),
    peak_in_flight: whole("peak_in_flight", column((trial) => trial.costs.peakInFlight)),
    stall_ms: column((trial) => trial.costs.stall),
    queue_wait_ms: column((trial) => trial.origin.queueWait),
    lateness_ms: column((trial) => trial.origin.lateness.mean),
    bytes: whole("bytes", column(({ samples }) => samples.bytes.reduce((a, b) => a + b, 0))),
    retries: whole("retries", column(({ samples }) => samples.attempt.filter((n) => n > 1).length)),
    errors: whole(
      "errors",
      failed.map((counts) => [...counts.values()].reduce((a, b) => a + b, 0)),
    ),
    ...Object.fromEntries(byKind),
    measured_in: all.map((trial) => trial.costs.measuredIn),
  });
}

/**
 * A column of whole numbers, so that it reads as such; of floats where one is unknown or too large,
 * which Polars would turn into another number without a word.
 */
export const whole = (name: string, values: readonly number[]) =>
  pl.Series(name, values as number[], values.every(fits) ? pl.Int32 : pl.Float64);

const fits = (value: number): boolean => value === (value | 0);
