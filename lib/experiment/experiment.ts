import { expected } from "../ideal/mod.ts";
import { trial } from "../runners/trial.ts";
import type { Variant } from "../runners/variant.ts";
import type { Trial } from "../trial/trial.ts";
import { selfCheck } from "./check.ts";
import { environment } from "./environment.ts";
import { type ExperimentOptions, type Progress, resolve, twinName } from "./options.ts";
import { blocksOf } from "./order.ts";
import type { Results } from "./results.ts";

/** A trial failed: says which and why, and holds the blocks that were complete before it. */
export class ExperimentError extends Error {
  override readonly name = "ExperimentError";

  constructor(message: string, readonly results: Results, cause: unknown) {
    super(message, { cause });
  }
}

/**
 * Runs every variant once a block, in an order of its own, all variants of a block on the same
 * draws; one cheap variant runs twice, as its own twin. A first block warms up and is thrown away.
 *
 * Aborting `signal` ends it with the blocks that were complete. A failing request rejects with an
 * {@link ExperimentError} that names it and holds them too. `onBlock` gets the results so far after
 * each block, so that they can be saved from a process that may be killed.
 *
 * Throws a RangeError or TypeError that names a bad option.
 */
export async function experiment(options: ExperimentOptions): Promise<Results> {
  const { origin, variants, paths, method, baseline, twin, blocks, seed, ...rest } = resolve(
    options,
  );
  const { warmUp, deadline, signal, progress, onBlock } = rest;
  const again = twinOf(twin);
  const all = [...variants, again];
  // Whether there is a warm-up changes neither orders nor draws.
  const plan = [...blocksOf(seed, blocks + 1, all.length).entries()].slice(warmUp > 0 ? 0 : 1);
  const total = plan.length * all.length;
  let run = 0;
  // Known before any request, because the draws are.
  const pathsOf = (block: number) => block === 0 ? paths.slice(0, warmUp) : paths;
  const atLeast = plan.reduce(
    (sum, [block, each]) => sum + lasts(all, pathsOf(block), each.seed, origin.config),
    0,
  );
  const label = announcement(all.length, warmUp, paths.length, blocks, seed, atLeast);
  const empty: Results = {
    ...{ trials: [], paths, method, baseline: baseline.name, blocks: 0, planned: blocks, seed },
    variants: variants.map((variant) => variant.name),
    twin: { of: twin.name, name: again.name },
    faults: [],
    environment: environment(),
  };
  let results = empty;
  progress(0, total, label);
  for (const [block, { seed: trialSeed, order }] of plan) {
    const done: Trial[] = [];
    for (const index of order) {
      if (signal.aborted) return results;
      const variant = all[index];
      const pass = {
        origin,
        paths: pathsOf(block),
        seed: trialSeed,
        block,
        method,
        deadline,
        signal,
      };
      try {
        done.push(await trial(variant, pass));
      } catch (error) {
        if (signal.aborted) return results;
        throw failed(error, variant.name, results, block);
      }
      progress(++run, total, label);
    }
    if (block === 0) continue;
    results = {
      ...results,
      blocks: block,
      trials: [...results.trials, ...done],
      faults: [...results.faults, ...done.flatMap((each) => selfCheck(each, paths))],
    };
    await onBlock(results);
  }
  return results;
}

function failed(error: unknown, variant: string, results: Results, block: number): ExperimentError {
  const reason = error instanceof Error ? error.message : String(error);
  const where = block === 0 ? "warm-up" : `block ${block}`;
  const kept = `complete blocks kept in this error's results: ${results.blocks}`;
  return new ExperimentError(`${where}, ${variant}: ${reason} (${kept})`, results, error);
}

/** The same variant once more, under a name of its own. */
function twinOf(variant: Variant): Variant {
  const { name, concurrency, connections } = variant;
  const run: Variant["run"] = (task) => variant.run(task);
  return { name: twinName(name), concurrency, connections, run };
}

/** How long a block takes at least, ms: the sum of the limits. */
function lasts(
  variants: readonly Variant[],
  paths: readonly string[],
  seed: number,
  config: Parameters<typeof expected>[3],
): number {
  return variants.reduce((sum, each) => sum + expected(each, paths, seed, config), 0);
}

function announcement(
  trials: number,
  warmUp: number,
  requests: number,
  blocks: number,
  seed: number,
  atLeast: number,
): string {
  const before = warmUp > 0 ? `a warm-up of ${trials} × ${warmUp}` : "no warm-up";
  const size = `${blocks} blocks of ${trials} trials × ${requests} requests and ${before}`;
  const seconds = (atLeast / 1000).toFixed(atLeast < 10_000 ? 1 : 0);
  return `${size}, order seed ${seed}: at least ${seconds} s`;
}

export type { ExperimentOptions, Progress, Results };
