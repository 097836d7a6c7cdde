import { environment } from "../experiment/environment.ts";
import { checkNames, named, twinName } from "../experiment/names.ts";
import { blocksOf, runBlocks } from "../experiment/run_blocks.ts";
import { FRACTION, func, Kind, listOf, resolve, SIGNAL, TEXT, whole } from "../ground/options.ts";
import { denoProgram } from "../ground/program.ts";
import { startServer } from "../ground/server.ts";
import { type Progress, progress } from "../show/progress.ts";
import type { Blocks, Pass } from "../trial/measured.ts";
import { generateLoad } from "./generate_load.ts";
import { LOAD_KINDS, type LoadOptions, type LoadPlan, resolveLoad } from "./options.ts";
import type { LoadReport } from "./report.ts";

/** What a load goes to, and how; what it does not say is as for all. */
export interface LoadTarget extends Omit<LoadOptions, "seed"> {
  readonly name: string;
  readonly url: string;
}

/** What {@link loadBlocks} can be told, besides what each load can. */
export interface LoadBlocksOptions extends LoadOptions {
  /** Blocks to measure, from 2; 10 by default. */
  readonly blocks?: number;
  /** Of the order, and of each block's arrivals; 1 by default. */
  readonly seed?: number;
  /** The smallest difference that matters, as in `experiment`; 0.05 by default. */
  readonly margin?: number;
  /** The name of the target that others are compared with; the first by default. */
  readonly baseline?: string;
  /** The name of the target that runs twice in each block; the last by default. */
  readonly twin?: string;
  readonly progress?: Progress;
}

/** One load in one block. */
export interface LoadPass extends Pass {
  readonly report: LoadReport;
}

/**
 * What was measured. `estimate` and `conclude` compare the servers, by the time that each answer took;
 * `loadTable` and `tailTable` say what each came to.
 */
export type LoadResults = Blocks<LoadPass>;

/** The passes against a server that answers a constant, by what the generator had to do there. */
export const ceilingOf = (
  { connections, keepAlive }: Pick<LoadPlan, "connections" | "keepAlive">,
) => `a constant answer, ${connections} connections, ${keepAlive ? "kept" : "new for each"}`;

const LOADED = new Kind<LoadTarget>(
  'a target, such as { name: "ours", url: "http://127.0.0.1:8000/" }',
  (value) => typeof (value as LoadTarget | null)?.name === "string",
);

/**
 * Puts every target under load once a block, in an order of its own; one of them twice, as its own
 * twin. A first block, which warms servers and generator up, is thrown away. In a closed loop each
 * block has one load more, on a server that answers a constant: the generator's ceiling.
 *
 * With a `rate`, visits come at random moments, the same for all servers of a block.
 *
 * ```ts
 * const closed = await loadBlocks(servers, { duration: 1000, blocks: 10 });
 * await show(loadTable(closed), { caption: conclude(closed, "awaiting", "blocking") });
 * ```
 *
 * Aborting `signal` ends it with the blocks that were complete.
 *
 * @throws {RangeError | TypeError} naming an option that is wrong, before any request
 */
export async function loadBlocks(
  targets: readonly LoadTarget[],
  options: LoadBlocksOptions = {},
): Promise<LoadResults> {
  const { blocks, seed, margin, signal, ...rest } = resolve("loadBlocks", options, {
    blocks: whole(2, 1_000_000).or(10),
    ...LOAD_KINDS,
    signal: SIGNAL.or(new AbortController().signal),
    seed: whole(0, 2 ** 32 - 1).or(1),
    margin: FRACTION.or(0.05),
    baseline: TEXT.or(undefined),
    twin: TEXT.or(undefined),
    progress: func<Progress>().or(progress),
  });
  const { twin, baseline, progress: told, ...common } = rest;
  listOf(LOADED).check("loadBlocks", "targets", targets);
  const again = named("loadBlocks", "twin", twin ?? targets.at(-1)!, targets);
  const loads = [...targets, { ...again, name: twinName(again.name) }]
    .map(({ name, url, ...own }) => ({
      name,
      plan: resolveLoad(url, { ...common, signal, ...own }),
    }));
  checkNames("loadBlocks", loads);
  await using constant = await startServer(
    denoProgram(
      "the server of a constant answer",
      new URL("./constant_server.ts", import.meta.url).href,
    ),
  );
  const ceilings = new Map(
    loads.filter(({ plan }) => plan.rate === Infinity)
      .map(({ plan }) => [ceilingOf(plan), { ...plan, target: new URL(constant.ready.url) }]),
  );
  const all = [...loads, ...[...ceilings].map(([name, plan]) => ({ name, plan }))];
  const started = {
    variants: targets.map(({ name }) => name),
    baseline: named("loadBlocks", "baseline", baseline ?? targets[0], targets).name,
    twin: { of: again.name, name: twinName(again.name) },
    planned: blocks,
    seed,
    margin,
    environment: environment(),
  };
  return await runBlocks<typeof loads[number], LoadPass, LoadResults>({
    variants: all,
    plan: blocksOf(seed, blocks, all.length, true),
    signal,
    progress: told,
    label: `${blocks} blocks and a warm-up of ${all.length} loads: ${atLeast(all, blocks)} s`,
    pass: async ({ name, plan }, { block, seed }) => {
      const duration = block === 0 ? Math.min(WARM_UP, plan.duration) : plan.duration;
      const report = await generateLoad({ ...plan, seed, duration });
      return { variant: name, block, makespan: report.makespan / report.requests, report };
    },
    faults,
    onBlock: () => {},
    results: (so) => ({ ...started, ...so }),
  });
}

/** How long a load of the warm-up lasts at most, ms. */
const WARM_UP = 200;

/** How long the loads last, s. */
const atLeast = (loads: readonly { plan: LoadPlan }[], blocks: number): string =>
  (blocks * loads.reduce((sum, { plan }) => sum + plan.duration, 0) / 1000).toFixed(0);

/** What a load must not show: else it did something else than it says. */
function faults({ variant, block, report }: LoadPass): string[] {
  const { requests, connections, keepAlive, errors, notOk, sockets, firstError } = report;
  const where = `${variant}, block ${block}`;
  if (errors > 0) return [`${where}: ${errors} requests got no answer (${firstError})`];
  if (notOk > 0) return [`${where}: ${notOk} answers were not OK`];
  const most = keepAlive ? Math.min(connections, requests) : requests;
  const expected = keepAlive ? sockets >= 1 : sockets === most;
  return expected ? [] : [`${where}: ${sockets} connections where ${most} were to be expected`];
}
