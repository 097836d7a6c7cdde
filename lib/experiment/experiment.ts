import { type Results, withFrames } from "../analysis/results.ts";
import { keepThreads } from "../client/threads.ts";
import { expected } from "../ideal/expected.ts";
import { runTrial } from "../runners/trial.ts";
import type { Variant } from "../runners/task.ts";
import type { Trial } from "../trial/trial.ts";
import { selfCheck } from "./check.ts";
import { environment } from "./environment.ts";
import { twinName } from "./names.ts";
import { type ExperimentOptions, resolveExperiment } from "./options.ts";
import { blocksOf, ExperimentError, runBlocks } from "./run_blocks.ts";

export { ExperimentError, type ExperimentOptions, type Results };

/**
 * Runs every variant once a block, in an order of its own, all variants of a block on the same
 * draws; one cheap variant runs twice, as its own twin. A first block warms up and is thrown away.
 *
 * ```ts
 * const results = await experiment({ origin, variants, paths, blocks: 8, margin: 0.05 });
 * await show(charts.ratios(estimate(results)));
 * results.trials.groupBy("variant").agg(pl.col("time_ms").min());
 * ```
 *
 * Aborting `signal` ends it with the blocks that were complete. A failing request rejects with an
 * {@link ExperimentError} that names it and holds them too. `onBlock` gets the results so far after
 * each block, so that they can be saved from a process that may be killed.
 *
 * Do not add blocks until a verdict appears: that finds one where there is none. `estimate` says how
 * many it would take; run so many anew, with another seed.
 *
 * Throws a RangeError or TypeError that names a bad option.
 */
export async function experiment(options: ExperimentOptions): Promise<Results> {
  const resolved = resolveExperiment(options);
  const { origin, variants, paths, method, baseline, twin, blocks, seed, margin } = resolved;
  const { warmUp, deadline, signal, progress, onBlock } = resolved;
  const all = [...variants, twinOf(twin)];
  const plan = blocksOf(seed, blocks, all.length, warmUp > 0);
  const asked = (block: number) => block === 0 ? paths.slice(0, warmUp) : paths;
  // Known before any request, because the draws are.
  const least = plan.flatMap(({ block, seed }) =>
    all.map((each) => expected(each, asked(block), seed, origin.config))
  ).reduce((sum, ideal) => sum + ideal, 0);
  const before = warmUp > 0 ? `a warm-up of ${all.length} × ${warmUp}` : "no warm-up";
  const started = {
    paths,
    method,
    baseline: baseline.name,
    planned: blocks,
    seed,
    margin,
    variants: variants.map((variant) => variant.name),
    twin: { of: twin.name, name: twinName(twin.name) },
    environment: environment(),
  };
  const pass = { origin, method, deadline, signal, onSample: () => {} };
  using _threads = keepThreads();
  return await runBlocks<Variant, Trial, Results>({
    variants: all,
    plan,
    signal,
    progress,
    onBlock,
    label: `${blocks} blocks of ${all.length} trials × ${paths.length} requests and ${before}, ` +
      `order seed ${seed}: at least ${(least / 1000).toFixed(least < 10_000 ? 1 : 0)} s`,
    pass: (variant, { block, seed }) =>
      runTrial(variant, { ...pass, paths: asked(block), seed, block }),
    faults: (each) => selfCheck(each, paths),
    results: (so) => withFrames({ ...started, ...so }),
  });
}

/** The same variant once more, under a name of its own. */
function twinOf(variant: Variant): Variant {
  const { name, concurrency, connections } = variant;
  const run: Variant["run"] = (task) => variant.run(task);
  return { name: twinName(name), concurrency, connections, run };
}
