/**
 * `deno run -A --no-lock data/record_peers.ts [SET…]`: runs the studies' peers beside Deno on this machine and
 * writes their trials to data/peers.csv, in the place of those of the same sets.
 */
import { existsSync } from "node:fs";
import { fresh, keptAlive } from "../lib/client/library_clients.ts";
import { blocking } from "../lib/client/blocking.ts";
import { selfCheck } from "../lib/experiment/check.ts";
import { environment } from "../lib/experiment/environment.ts";
import { random, shuffled } from "../lib/ground/random.ts";
import { type OriginOptions, startOrigin } from "../lib/origin/start.ts";
import { loadBlocks } from "../lib/load/load_blocks.ts";
import { type PlanetTracker, startPlanets } from "../lib/planets/start.ts";
import { inFreshProcess } from "../lib/peers/deno/fresh_process.ts";
import { type PeerSet, variants } from "../lib/peers/peer_sets.ts";
import { planetServers } from "../lib/peers/planet_server.ts";
import { type RecordedTrial, recordedTrials } from "../lib/peers/recorded.ts";
import { trial } from "../lib/runners/trial.ts";
import type { TrialOptions } from "../lib/runners/trial_options.ts";
import type { Variant } from "../lib/runners/task.ts";
import { concurrent, naiveAwaitInLoop, pool, sequential } from "../lib/strategies/mod.ts";
import type { Method } from "../lib/trial/plan.ts";
import type { Trial } from "../lib/trial/trial.ts";
import { formatCsv, recordedLoad, recordedTrial } from "./recorded_rows.ts";

interface Scenario {
  readonly set: PeerSet;
  readonly requests: number;
  readonly method: Method;
  readonly origin: OriginOptions;
  readonly blocks: number;
  readonly concurrency?: number;
  readonly deno: readonly Variant[];
}

const naive = inFreshProcess(naiveAwaitInLoop, keptAlive);
const all = inFreshProcess(concurrent, keptAlive);
/** Chapter 6's API answers faster, so that a thousand one after the other are bearable. */
const thousand = {
  set: "thousand",
  requests: 1000,
  blocks: 2,
  concurrency: 100,
  origin: { median: 5, handshake: 10 },
} as const;
const fastest = { set: "fastest", method: "GET", deno: [all] } as const;

/** What the chapters run, at their sizes. */
const scenarios: readonly Scenario[] = [
  {
    ...{ set: "article", requests: 150, method: "GET", origin: {}, blocks: 3 },
    deno: [
      inFreshProcess(sequential, blocking(fresh)),
      inFreshProcess(sequential, blocking(keptAlive)),
      naive,
      all,
    ],
  },
  {
    ...{ set: "batches", requests: 16, method: "GET", origin: {}, blocks: 5, concurrency: 16 },
    deno: [inFreshProcess(sequential, blocking(keptAlive)), all],
  },
  ...[5, 10, 15].map((concurrency): Scenario => ({
    ...{ set: "lanes", requests: 100, method: "GET", origin: {}, blocks: 3, concurrency },
    deno: [inFreshProcess(pool(concurrency), keptAlive)],
  })),
  { ...thousand, method: "HEAD", deno: [naive, all] },
  { ...thousand, method: "GET", deno: [naive, all] },
  { ...fastest, requests: 150, origin: { payload: "full" }, blocks: 8 },
  { ...fastest, requests: 898, origin: { payload: "full" }, blocks: 8 },
];

/** The study's load on each planet server. */
const load = { duration: 1000, connections: 20, blocks: 10 };

const { os, cpu, cores, memory, date, deno } = environment();
const machine = `${cores} × ${cpu}, ${(memory / 2 ** 30).toFixed(0)} GiB, ${os}, Deno ${deno}`;

/** A trial that passes its own check; one that does not is run again, twice at most. */
async function soundTrial(variant: Variant, options: TrialOptions): Promise<Trial> {
  for (let left = 2;; left--) {
    const one = await trial(variant, options);
    const faults = selfCheck(one, options.paths);
    if (faults.length === 0) return one;
    if (left === 0) throw new Error(faults.join("\n"));
    console.error(`not recorded, and run again: ${faults.join("; ")}`);
  }
}

async function record(scenario: Scenario): Promise<RecordedTrial[]> {
  const { set, requests, method, blocks, concurrency } = scenario;
  await using origin = await startOrigin(scenario.origin);
  const paths = Array.from({ length: requests }, (_, i) => `/api/v2/pokemon/${i + 1}`);
  const rows: RecordedTrial[] = [];
  const next = random(1);
  for (const table of ["as shipped", "equalised"] as const) {
    const peers = await variants(table, { set, concurrency });
    const { missing } = peers;
    if (missing.length > 0) throw new Error(missing.map(({ install }) => install).join("\n"));
    for (let block = 1; block <= blocks; block++) {
      for (const variant of shuffled([...scenario.deno, ...peers.variants], next)) {
        const one = await soundTrial(variant, { origin, paths, method, seed: block, block });
        rows.push(recordedTrial(one, { table, set, recorded: date.slice(0, 10), machine }));
        console.error(
          `${table}, ${method} ${requests}, block ${block}: ` +
            `${variant.name} ${one.makespan.toFixed(0)} ms`,
        );
      }
    }
  }
  return rows;
}

/** Python's planet servers and Deno's under the same load. */
async function recordPlanets(): Promise<RecordedTrial[]> {
  const rows: RecordedTrial[] = [];
  for (const table of ["as shipped", "equalised"] as const) {
    const { servers, missing } = await planetServers(table);
    if (missing.length > 0) throw new Error(missing.map(({ install }) => install).join("\n"));
    const ours = await Promise.all(
      [1, 4].map((workers) => startPlanets({ handler: "awaiting", workers })),
    );
    const all = [...servers, ...ours.map(denoServer(table))];
    const targets = all.map(({ name, url }) => ({ name, url: `${url}/planets/mars` }));
    const progress = (done: number, of: number, label: string) =>
      console.error(`${table}, planets: ${done} of ${of}, ${label}`);
    const keepAlive = table === "as shipped";
    const results = await loadBlocks(targets, { ...load, keepAlive, progress });
    await Promise.all([...servers, ...ours].map((server) => server.close()));
    if (results.faults.length > 0) throw new Error(results.faults.join("\n"));
    const where = { table, recorded: date.slice(0, 10), machine };
    for (const run of results.passes) {
      const server = all.find(({ name }) => name === run.variant);
      if (server) rows.push(recordedLoad(run, server, where));
    }
  }
  return rows;
}

const denoServer = (table: string) => ({ name, url, settings, backlog }: PlanetTracker) => ({
  name: `Deno ${name}`,
  language: "deno" as const,
  url,
  versions: { deno },
  settings: {
    server: "deno serve",
    workers: `${settings.workers}`,
    connections: table === "as shipped" ? "kept" : "closed after each answer",
    backlog: `${backlog}`,
  },
});

const file = new URL("./peers.csv", import.meta.url);

/** Puts a set's trials in the place of those that were there. */
async function replace(set: string, rows: RecordedTrial[]): Promise<void> {
  const others = existsSync(file) ? recordedTrials().filter((row) => row.set !== set) : [];
  await Deno.writeTextFile(file, formatCsv([...others, ...rows] as never));
}

if (import.meta.main) {
  const sets = [...new Set(scenarios.map(({ set }) => set as string)), "planets"];
  const unknown = Deno.args.find((name) => !sets.includes(name));
  if (unknown !== undefined) {
    console.error(`no set "${unknown}"; there are ${sets.join(", ")}`);
    Deno.exit(2);
  }
  const chosen = scenarios.filter(({ set }) => Deno.args.length === 0 || Deno.args.includes(set));
  for (const set of new Set(chosen.map((scenario) => scenario.set))) {
    const rows: RecordedTrial[] = [];
    for (const scenario of chosen) if (scenario.set === set) rows.push(...await record(scenario));
    await replace(set, rows);
  }
  if (Deno.args.length === 0 || Deno.args.includes("planets")) {
    await replace("planets", await recordPlanets());
  }
}
