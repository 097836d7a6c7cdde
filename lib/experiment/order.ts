import { random, shuffled } from "../ground/random.ts";

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
