import type { Results } from "../analysis/results.ts";
import { random, shuffled } from "../ground/random.ts";
import type { Progress } from "../show/progress.ts";
import type { Blocks, Pass } from "../trial/measured.ts";

/** What happens in a block: its draws, and which variant comes when, by index. */
export interface Block {
  /** From 1; 0 is the warm-up. */
  readonly block: number;
  /** Of the draws, which all variants of the block share. */
  readonly seed: number;
  readonly order: readonly number[];
}

/**
 * The blocks of an experiment, the warm-up first where there is one: an order and draws of its own for
 * each. All of it follows from `seed`, so that an experiment can be announced before it runs, and
 * repeated after; whether there is a warm-up changes neither the orders nor the draws of the others.
 */
export function blocksOf(seed: number, blocks: number, variants: number, warm: boolean): Block[] {
  const next = random(seed);
  const indices = Array.from({ length: variants }, (_, i) => i);
  return Array.from({ length: blocks + 1 }, (_, block) => ({
    block,
    seed: Math.floor(next() * 2 ** 31),
    order: shuffled(indices, next),
  })).slice(warm ? 0 : 1);
}

/** A pass failed: says which and why, and holds the blocks that were complete before it. */
export class ExperimentError<R = Results> extends Error {
  override readonly name = "ExperimentError";

  constructor(message: string, readonly results: R, cause: unknown) {
    super(message, { cause });
  }
}

/** What runs in blocks, and who is told. */
export interface BlockRun<V, P extends Pass, R extends Blocks<P>> {
  /** Each runs once a block: the variants, and the twin's second self. */
  readonly variants: readonly V[];
  /** In the order to be run; one numbered 0 warms up. */
  readonly plan: readonly Block[];
  /** What is being done, for the progress. */
  readonly label: string;
  /** One pass of one variant. */
  readonly pass: (variant: V, block: Block) => Promise<P>;
  /** What a pass must not show, a sentence each. */
  readonly faults: (pass: P) => readonly string[];
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Gets what is complete after each block, and is awaited. */
  readonly onBlock: (results: R) => void | Promise<void>;
  /** Makes the results of what is complete. */
  readonly results: (so: Pick<R, "passes" | "blocks" | "faults">) => R;
}

/**
 * Runs every variant once a block, in the block's order; the warm-up is thrown away. An aborted signal
 * ends it with the blocks that were complete. A pass that fails rejects with an
 * {@link ExperimentError} that holds them.
 */
export async function runBlocks<
  V extends { readonly name: string },
  P extends Pass,
  R extends Blocks<P>,
>(
  { variants, plan, label, pass, faults, signal, progress, onBlock, ...run }: BlockRun<V, P, R>,
): Promise<R> {
  const total = plan.length * variants.length;
  let results = run.results({ passes: [], blocks: 0, faults: [] });
  let passed = 0;
  progress(passed, total, label);
  for (const block of plan) {
    const done: P[] = [];
    for (const variant of block.order.map((index) => variants[index])) {
      if (signal.aborted) return results;
      try {
        done.push(await pass(variant, block));
      } catch (error) {
        if (signal.aborted) return results;
        throw failed(error, variant.name, block, results);
      }
      progress(++passed, total, label);
    }
    if (block.block === 0) continue;
    results = run.results({
      passes: [...results.passes, ...done],
      blocks: block.block,
      faults: [...results.faults, ...done.flatMap(faults)],
    });
    await onBlock(results);
  }
  return results;
}

function failed<R extends { readonly blocks: number }>(
  error: unknown,
  variant: string,
  { block }: Block,
  results: R,
): ExperimentError<R> {
  const reason = error instanceof Error ? error.message : String(error);
  const where = block === 0 ? "warm-up" : `block ${block}`;
  const kept = `complete blocks kept in this error's results: ${results.blocks}`;
  return new ExperimentError(`${where}, ${variant}: ${reason} (${kept})`, results, error);
}
