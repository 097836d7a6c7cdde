import { expected } from "../limits/mod.ts";
import type { Origin } from "../origin/report.ts";
import { trial } from "../runners/trial.ts";
import type { Variant } from "../runners/variant.ts";
import type { Trial } from "../trial/trial.ts";
import { selfCheck } from "./check.ts";
import { environment } from "./environment.ts";
import { type ExperimentOptions, type Progress, resolve } from "./options.ts";
import { random, shuffled } from "./random.ts";
import type { Results } from "./results.ts";

/**
 * Runs every variant once a block, in an order of its own, all variants of a block on the same
 * draws; one cheap variant runs twice, as its own twin. A first block warms up and is thrown away.
 *
 * Aborting `signal` ends it with the blocks that were complete; a failing request rejects with the
 * error that names it. Throws a RangeError or TypeError that names a bad option.
 */
export async function experiment(options: ExperimentOptions): Promise<Results> {
  const { origin, variants, paths, method, baseline, twin, blocks, seed, ...rest } = resolve(
    options,
  );
  const { deadline, signal, progress } = rest;
  const began = environment();
  const next = random(seed);
  const again = twinOf(twin);
  const all = [...variants, again];
  const total = (blocks + 1) * all.length;
  const label = announcement(all, origin, paths, blocks, seed);
  progress(0, total, label);
  const trials: Trial[] = [];
  const faults: string[] = [];
  let measured = 0;
  for (let block = 0; block <= blocks && !signal.aborted; block++) {
    const trialSeed = Math.floor(next() * 2 ** 31);
    const done: Trial[] = [];
    for (const variant of shuffled(all, next)) {
      const run = { origin, paths, seed: trialSeed, block, method, deadline, signal };
      try {
        done.push(await trial(variant, run));
      } catch (error) {
        if (!signal.aborted) throw error;
        break;
      }
      progress(block * all.length + done.length, total, label);
    }
    if (block === 0 || done.length < all.length) continue;
    measured++;
    trials.push(...done);
    for (const each of done) faults.push(...selfCheck(each, paths));
  }
  return {
    trials,
    paths,
    method,
    variants: variants.map((variant) => variant.name),
    baseline: baseline.name,
    twin: { of: twin.name, name: again.name },
    blocks: measured,
    planned: blocks,
    seed,
    faults,
    environment: began,
  };
}

/** The same variant once more, under a name of its own. */
function twinOf(variant: Variant): Variant {
  const { name, concurrency, connections } = variant;
  const run: Variant["run"] = (task) => variant.run(task);
  return { name: `${name} (twin)`, concurrency, connections, run };
}

/** How long a block takes at least, ms: the sum of the limits. */
export function expectedDuration(
  variants: readonly Pick<Variant, "concurrency" | "connections">[],
  origin: Pick<Origin, "config">,
  paths: readonly string[],
): number {
  return variants.reduce((sum, each) => sum + expected(each, paths, 1, origin.config), 0);
}

function announcement(
  variants: readonly Variant[],
  origin: Origin,
  paths: readonly string[],
  blocks: number,
  seed: number,
): string {
  const seconds = expectedDuration(variants, origin, paths) * (blocks + 1) / 1000;
  const size =
    `${blocks} blocks and a warm-up of ${variants.length} trials × ${paths.length} requests`;
  return `${size}, order seed ${seed}: at least ${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
}

export type { ExperimentOptions, Progress, Results };
