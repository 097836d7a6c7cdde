import os from "node:os";
import project from "../../deno.json" with { type: "json" };
import { plain } from "../ground/words.ts";
import type { OriginConfig } from "../origin/origin.ts";
import type { Environment, Measured } from "../trial/measured.ts";

/** The environment as it is now. */
export function environment(): Environment {
  const cpus = os.cpus();
  return {
    ...Deno.version,
    packages: Object.fromEntries(
      ["undici", "nodejs-polars", "vega", "vega-lite"].map((name) => [name, pinned(name)]),
    ),
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    cpu: cpus[0]?.model.trim() || "unknown",
    cores: cpus.length,
    memory: os.totalmem(),
    load: os.loadavg()[0],
    date: new Date().toISOString(),
  };
}

/** The version after the last @ of a package's entry in deno.json. */
function pinned(name: string): string {
  const entry: string = (project.imports as Record<string, string>)[name];
  return entry.slice(entry.lastIndexOf("@") + 1);
}

/** What runs, and on what, in one line. */
export function environmentSummary(environment: Environment): string {
  const { deno, v8, packages, os, cpu, cores, memory, load, date } = environment;
  return [
    ...[`Deno ${deno}`, `V8 ${v8}`],
    ...Object.entries(packages).map(([name, version]) => `${name} ${version}`),
    ...[os, `${cores} × ${cpu}`, `${(memory / 2 ** 30).toFixed(0)} GiB`],
    ...[`load ${load.toFixed(2)}`, date.slice(0, 16) + "Z"],
  ].join(" · ");
}

/**
 * What results were measured with and on, in one line: for `show`'s details under a table. The
 * experiment's own parameters come first, for they explain most of a figure.
 *
 * ```ts
 * await show(results.summary, { details: environmentLine(results) });
 * ```
 */
export function environmentLine({ environment, passes, ...experiment }: Measured): string {
  const { paths, method, blocks, planned, seed, twin } = experiment;
  return [
    `${blocks === planned ? "" : `${blocks} of `}${planned} blocks of ${paths.length} ${method}`,
    `order seed ${seed}`,
    `twin of ${twin.of}`,
    ...new Set(passes.map((trial) => originLine(trial.origin.config))),
    ...new Set(
      passes.map(({ costs }) => `processor time and memory of ${WHOSE[costs.measuredIn]}`),
    ),
    environmentSummary(environment),
  ].join(" · ");
}

const WHOSE = { "own process": "a process of its own", "caller's process": "the caller’s process" };

/** The origin's parameters; of its limits and faults those that there are. */
function originLine(config: OriginConfig): string {
  const { seed, median, sigma, payload, capacity, queue, rate, slowOneIn, replay } = config;
  const limits: [number, string][] = [
    [capacity, `${capacity} served at once`],
    [queue, `a queue of ${queue}`],
    [rate, `${rate} let in a second, ${config.burst} at first`],
    [slowOneIn, `one in ${slowOneIn} slow`],
  ];
  const setUp = `handshake ${config.handshake} ms`;
  const latencies = replay
    ? [setUp, `replay of ${replay.host} as it was on ${replay.recorded.slice(0, 10)}`]
    : [`median ${median} ms, σ ${sigma}`, setUp, payload];
  return [
    `origin: seed ${seed}`,
    ...latencies,
    ...limits.filter(([limit]) => limit < Infinity).map(([, words]) => words),
    ...Object.entries(config.faults).map(([fault, share]) => `${plain(100 * share)} % ${fault}`),
  ].join(", ");
}
