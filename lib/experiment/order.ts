import { random, shuffled } from "../ground/random.ts";

/** What happens in a block: its draws, and which variant comes when, by index. */
export interface Block {
  /** Of the draws, which all variants of the block share. */
  readonly seed: number;
  readonly order: readonly number[];
}

/**
 * The blocks of an experiment, the warm-up first: an order and draws of its own for each. All of it
 * follows from `seed`, so that an experiment can be announced before it runs, and repeated after.
 */
export function blocksOf(seed: number, blocks: number, variants: number): Block[] {
  const next = random(seed);
  const indices = Array.from({ length: variants }, (_, i) => i);
  return Array.from({ length: blocks }, () => ({
    seed: Math.floor(next() * 2 ** 31),
    order: shuffled(indices, next),
  }));
}
