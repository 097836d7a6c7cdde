import { type Results, withFrames } from "../../lib/analysis/results.ts";
import type { Trial } from "../../lib/trial/trial.ts";
import { resolveOptions } from "../../lib/origin/options.ts";
import { emptySamples } from "../../lib/trial/samples.ts";

const { config } = resolveOptions({ handshake: 0 });

/** A trial of one request that took `makespan` ms, of which the origin served `service`. */
export function syntheticTrial(
  variant: string,
  block: number,
  makespan: number,
  service = { drawn: 1, served: 1 },
): Trial {
  const samples = emptySamples();
  const row = {
    ...{ path: "/1", k: 1, planned: 1000, start: 1000, end: 1000 + makespan, status: 200 },
    ...{ bytes: 7, error: "", attempt: 1, socket: 1, queue: 0, handshake: 0, ...service },
  };
  for (const [name, value] of Object.entries(row)) {
    (samples[name as keyof typeof samples] as unknown[]).push(value);
  }
  return {
    ...{ variant, block, seed: block, method: "GET", concurrency: 1, connections: "kept" },
    ...{ opened: 1000, makespan, startUp: 0, samples, results: ["x"] },
    costs: {
      ...{ cpuUser: 1, cpuSystem: 1, peakMemory: 1e6, sockets: 1, peakInFlight: 1, stall: 0 },
      measuredIn: "caller's process",
    },
    origin: {
      ...{ config, seed: block, requests: 1, sockets: 1, peakInFlight: 1, queueWait: 0 },
      ...{ lateness: { mean: 0, max: 0 }, statuses: { 200: 1 }, bytes: 7, backlog: 4096 },
      ...{ refused: { rate: 0, queue: 0 }, faults: {} },
    },
  };
}

/**
 * Results with these makespans, ms, a list a variant with one number a block. The first variant is
 * the baseline; `twin` is the second self of the variant named.
 */
export function synthetic(
  makespans: Readonly<Record<string, readonly number[]>>,
  twin: { of: string; makespans: readonly number[] },
): Results {
  const variants = Object.keys(makespans);
  const name = `${twin.of} (twin)`;
  const all = { ...makespans, [name]: twin.makespans };
  const passes = Object.entries(all).flatMap(([variant, values]) =>
    values.map((value, i) => syntheticTrial(variant, i + 1, value))
  );
  return withFrames({
    ...{ passes, paths: ["/1"], method: "GET", variants, baseline: variants[0], margin: 0.05 },
    twin: { of: twin.of, name },
    ...{ blocks: twin.makespans.length, planned: twin.makespans.length, seed: 1, faults: [] },
    environment: {
      ...{ deno: "2", v8: "1", typescript: "1", packages: {}, os: "", cpu: "", cores: 1 },
      ...{ memory: 1, load: 0, date: "2026-01-01T00:00:00.000Z" },
    },
  });
}
