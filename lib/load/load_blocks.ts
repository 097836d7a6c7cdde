import { type Environment, environment } from "../experiment/environment.ts";
import { blocksOf } from "../experiment/order.ts";
import { generateLoad, type LoadOptions, type LoadReport } from "./generate_load.ts";
import { checkKnown } from "../ground/known_options.ts";
import { LOAD_OPTIONS, resolveLoad } from "./options.ts";

/** What a load goes to, and how; what it does not say is as for all. */
export interface LoadTarget extends LoadOptions {
  readonly name: string;
  readonly url: string;
}

/** What {@link loadBlocks} can be told, besides what each load can. */
export interface LoadBlocksOptions extends LoadOptions {
  /** Blocks to measure, from 2. Default 6. */
  readonly blocks?: number;
  /** Of the order. Default 1. */
  readonly seed?: number;
  /** The name of the target that runs twice in each block. Default the last. */
  readonly twin?: string;
  readonly progress?: (done: number, total: number, label: string) => void;
}

/** One load in one block. */
export interface LoadRun {
  readonly server: string;
  /** From 1. */
  readonly block: number;
  readonly report: LoadReport;
}

/** What was measured, the warm-up left out. */
export interface LoadResults {
  readonly runs: readonly LoadRun[];
  /** As given, without the twin. */
  readonly servers: readonly string[];
  readonly twin: { readonly of: string; readonly name: string };
  readonly blocks: number;
  readonly seed: number;
  /** What is wrong with the runs, a sentence each: then nothing is ranked. */
  readonly faults: readonly string[];
  readonly environment: Environment;
}

/**
 * Puts every target under load once a block, in an order of its own; one of them twice, as its own
 * twin. A first block, which warms servers and generator up, is thrown away.
 *
 * @throws {RangeError | TypeError} naming an option that is wrong, before any request
 */
export async function loadBlocks(
  targets: readonly LoadTarget[],
  options: LoadBlocksOptions = {},
): Promise<LoadResults> {
  checkKnown("loadBlocks", options, ["blocks", "seed", "twin", "progress", ...LOAD_OPTIONS]);
  const { blocks = 6, seed = 1, twin, progress = () => {}, ...all } = options;
  const servers = targets.map(({ name }) => name);
  if (new Set(servers).size < servers.length || servers.length === 0) {
    throw new RangeError(`loadBlocks: targets need names of their own; got ${servers.join(", ")}`);
  }
  if (!Number.isInteger(blocks) || blocks < 2) {
    throw new RangeError(`loadBlocks: blocks must be a whole number from 2; got ${blocks}`);
  }
  const again = targets.find(({ name }) => name === (twin ?? servers.at(-1)));
  if (again === undefined) {
    throw new RangeError(`loadBlocks: twin "${twin}" is none of ${servers.join(", ")}`);
  }
  const twinned = { of: again.name, name: `${again.name} (twin)` };
  const loads = [...targets, { ...again, name: twinned.name }].map(({ name, url, ...own }) => ({
    ...{ name, url, options: { ...all, ...own } },
  }));
  for (const { url, options } of loads) resolveLoad(url, options);
  const runs: LoadRun[] = [];
  const total = (blocks + 1) * loads.length;
  const label = `${blocks} blocks and a warm-up of ${loads.length} loads`;
  let done = 0;
  progress(done, total, label);
  for (const [block, { order }] of blocksOf(seed, blocks + 1, loads.length).entries()) {
    for (const { name, url, options } of order.map((index) => loads[index])) {
      const report = await generateLoad(url, options);
      if (block > 0) runs.push({ server: name, block, report });
      progress(++done, total, label);
    }
  }
  const faults = runs.flatMap(fault);
  return { runs, servers, twin: twinned, blocks, seed, faults, environment: environment() };
}

/** What a run must not show: else it did something else than it says. */
function fault({ server, block, report }: LoadRun): string[] {
  const { requests, connections, keepAlive, errors, notOk, sockets, firstError } = report;
  const where = `${server}, block ${block}`;
  if (errors > 0) return [`${where}: ${errors} requests got no answer (${firstError})`];
  if (notOk > 0) return [`${where}: ${notOk} answers were not OK`];
  const most = keepAlive ? Math.min(connections, requests) : requests;
  const expected = keepAlive ? sockets >= 1 : sockets === most;
  return expected ? [] : [`${where}: ${sockets} connections where ${most} were to be expected`];
}
