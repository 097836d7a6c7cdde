import type { Variant } from "../../lib/runners/task.ts";
import { resolveOptions } from "../../lib/origin/options.ts";
import type { Origin } from "../../lib/origin/origin.ts";
import { drawn, expected } from "../../lib/ideal/mod.ts";
import { dispatchSample, emptySamples } from "../../lib/trial/samples.ts";

const { config: CONFIG } = resolveOptions({ handshake: 10 });

/** An origin that no request reaches: it counts what fake variants tell it. */
export interface FakeOrigin extends Origin {
  /** What was asked of it, in order: "begin 17", "end". */
  readonly asked: string[];
  /** What its next report says of a trial. */
  seen: { requests: number; sockets: number; peakInFlight: number };
}

export function fakeOrigin(): FakeOrigin {
  let seed = 0;
  const origin: FakeOrigin = {
    ...{ url: "http://origin.invalid", control: "http://origin.invalid", config: CONFIG },
    asked: [],
    seen: { requests: 0, sockets: 0, peakInFlight: 0 },
    begin(trialSeed) {
      seed = trialSeed;
      origin.asked.push(`begin ${trialSeed}`);
      return Promise.resolve();
    },
    end() {
      origin.asked.push("end");
      return Promise.resolve({
        ...{ config: CONFIG, seed, queueWait: 0, lateness: { mean: 0, max: 0 }, bytes: 0 },
        ...{ refused: { rate: 0, queue: 0 }, faults: {} },
        ...{ statuses: { 200: origin.seen.requests }, backlog: 1, ...origin.seen },
      });
    },
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return origin;
}

/** A variant that takes exactly its limit in no time at all, and leaves a note of each run. */
export function fakeVariant(
  name: string,
  concurrency: number,
  origin: FakeOrigin,
  spoil: (run: number) => void = () => {},
): Variant & { runs: number } {
  const variant = {
    ...{ name, concurrency, connections: "kept" as const, runs: 0 },
    run({ paths }: Parameters<Variant["run"]>[0]) {
      origin.asked.push(name);
      variant.runs++;
      const seed = Number(origin.asked.findLast((line) => line.startsWith("begin"))!.slice(6));
      const samples = emptySamples();
      const times = drawn(paths, seed, CONFIG);
      const opened = performance.timeOrigin + performance.now();
      const at = { planned: opened, start: opened, attempt: 1, k: 1 };
      for (const [i, path] of paths.entries()) {
        const row = dispatchSample(samples, { path, ...at });
        Object.assign(samples.end, { [row]: opened + times[i] });
        Object.assign(samples.served, { [row]: times[i] });
        Object.assign(samples.drawn, { [row]: times[i] });
        Object.assign(samples.status, { [row]: 200 });
      }
      const open = Math.min(concurrency, paths.length);
      origin.seen = { requests: paths.length, sockets: open, peakInFlight: open };
      try {
        spoil(variant.runs);
      } catch (error) {
        return Promise.reject(error);
      }
      return Promise.resolve({
        ...{ opened, startUp: 0, samples, results: paths.map(() => "x") },
        makespan: expected(variant, paths, seed, CONFIG),
        costs: {
          ...{ cpuUser: 0, cpuSystem: 0, peakMemory: 0, sockets: open, peakInFlight: open },
          ...{ stall: 0, measuredIn: "caller's process" as const },
        },
      });
    },
  };
  return variant;
}

export const PATHS = ["/a", "/b", "/c", "/d"];
