import { blocksOf } from "../../lib/experiment/order.ts";
import { random } from "../../lib/ground/random.ts";
import type { Results } from "../../lib/experiment/results.ts";
import { synthetic } from "./synthetic.ts";

/** What a simulated machine does to makespans; everything on the log scale. */
export interface World {
  /** One entry a block that was measured: ln limit of each variant on those draws. */
  readonly limits: readonly (readonly number[])[];
  /** For each variant, ln(makespan ÷ limit) of each of its measured trials. */
  readonly residuals: readonly (readonly number[])[];
  /** Chance that a trial meets a spike, and its mean size (exponential). */
  readonly spikes: { readonly chance: number; readonly size: number };
  /** How much slower the machine is at the end of an experiment, and how far it sways meanwhile. */
  readonly drift: { readonly slope: number; readonly sway: number };
}

/** The names that variants go by here; the first is the baseline. */
export const nameOf = (variant: number): string => `variant ${variant}`;

/** What the estimate is after: the mean log ratio of a variant to the first one, in this world. */
export function truth({ limits, residuals }: World, variant: number): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return mean(limits.map((block) => block[variant] - block[0])) +
    mean(residuals[variant]) - mean(residuals[0]);
}

/**
 * An experiment of so many blocks in that world: limits drawn with replacement from those of the
 * measured blocks, noise from the measured trials of each variant, in the lab's own order of trials,
 * with drift over that order and spikes anywhere. `twin` is the variant that runs twice.
 */
export function simulate(world: World, blocks: number, twin: number, seed: number): Results {
  const next = random(seed);
  const pick = <T>(pool: readonly T[]): T => pool[Math.floor(next() * pool.length)];
  const variants = world.residuals.length;
  const makespans = Array.from({ length: variants + 1 }, () => new Array<number>(blocks));
  const { spikes, drift } = world;
  const phase = 2 * Math.PI * next();
  const trials = blocks * (variants + 1);
  let done = 0;
  for (const [block, { order }] of blocksOf(seed, blocks, variants + 1).entries()) {
    const limits = pick(world.limits);
    for (const place of order) {
      const variant = place === variants ? twin : place;
      const at = done++ / trials;
      const spike = next() < spikes.chance ? -spikes.size * Math.log(1 - next()) : 0;
      const swayed = drift.slope * at + drift.sway * Math.sin(phase + 6 * Math.PI * at);
      makespans[place][block] = Math.exp(
        limits[variant] + pick(world.residuals[variant]) + spike + swayed,
      );
    }
  }
  const names = makespans.slice(0, variants).map((values, i) => [nameOf(i), values]);
  return synthetic(Object.fromEntries(names), {
    of: nameOf(twin),
    makespans: makespans[variants],
  });
}
