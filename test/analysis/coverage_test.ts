/**
 * What the intervals and verdicts are worth, by simulation: noise as measured on a machine
 * (residuals.csv; measure_residuals.ts made it), with spikes and drift, and lognormal for comparison.
 * The bands are wide of the simulations' own error (4,000 experiments: ± 0.7 % at 95 %).
 */
import { assertGreaterOrEqual, assertLessOrEqual } from "@std/assert";
import { estimate } from "../../lib/analysis/estimate.ts";
import { blocksFor } from "../../lib/analysis/interval.ts";
import { deviation } from "../../lib/ground/quantile.ts";
import { random } from "../../lib/ground/random.ts";
import { measuredWorld } from "./measured_world.ts";
import { nameOf, simulate, truth, type World } from "./simulate.ts";

const EXPERIMENTS = 4_000;

const gaussian = (n: number, spread: number, seed: number): number[] => {
  const next = random(seed);
  return Array.from(
    { length: n },
    () => spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  );
};

/** Three variants a tenth apart, noise lognormal. */
const lognormal: World = {
  limits: [[0, 0.1, -0.1]],
  residuals: [gaussian(2_000, 0.05, 1), gaussian(2_000, 0.05, 2), gaussian(2_000, 0.05, 3)],
  ...{ spikes: { chance: 0, size: 0 }, drift: { slope: 0, sway: 0 } },
};

const measured = await measuredWorld();

/** The measured machine, worse: one trial in twenty a third longer, a fifth slower at the end. */
const troubled: World = {
  ...measured,
  ...{ spikes: { chance: 0.05, size: 0.3 }, drift: { slope: 0.2, sway: 0.05 } },
};

/** The worlds with every variant the same. */
const alike = (world: World, variants: number): World => ({
  ...world,
  limits: world.limits.map((block) => new Array(variants).fill(block[0])),
  residuals: new Array(variants).fill(world.residuals[world.residuals.length - 1]),
});

function coverage(world: World, blocks: number): number {
  let [held, of] = [0, 0];
  for (let seed = 1; seed <= EXPERIMENTS; seed++) {
    const rows = estimate(simulate(world, blocks, world.residuals.length - 1, seed));
    for (let variant = 1; variant < world.residuals.length; variant++) {
      const row = rows.find((each) => each.variant === nameOf(variant))!;
      const ratio = Math.exp(truth(world, variant));
      if (row.low <= ratio && ratio <= row.high) held++;
      of++;
    }
  }
  return held / of;
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

for (const [name, world] of Object.entries({ lognormal, measured, troubled })) {
  for (const blocks of [8, 12, 20]) {
    Deno.test(`intervals hold the truth 93 to 98 times in 100: ${name} noise, ${blocks} blocks`, () => {
      const share = coverage(world, blocks);
      console.log(`coverage, ${name}, ${blocks} blocks: ${percent(share)}`);
      assertGreaterOrEqual(share, 0.93);
      assertLessOrEqual(share, 0.98);
    });
  }
}

for (const [name, world] of Object.entries({ lognormal, measured, troubled })) {
  Deno.test(`where six variants are all the same, a winner is named at most 5 times in 100: ${name} noise`, () => {
    for (const blocks of [8, 20]) {
      let [winners, significant] = [0, 0];
      for (let seed = 1; seed <= EXPERIMENTS / 2; seed++) {
        const rows = estimate(simulate(alike(world, 6), blocks, 5, seed));
        if (rows.some((row) => row.verdict === "faster" || row.verdict === "slower")) winners++;
        if (rows.some((row) => row.p_holm < 0.05)) significant++;
      }
      const [share, holm] = [winners / (EXPERIMENTS / 2), significant / (EXPERIMENTS / 2)];
      const figures = `${percent(share)}; by Holm without the noise floor ${percent(holm)}`;
      console.log(`winners among equals, ${name}, ${blocks} blocks: ${figures}`);
      assertLessOrEqual(share, 0.05);
      // ± 1 % for 2,000 experiments.
      assertLessOrEqual(holm, 0.06);
    }
  });
}

Deno.test("in as many blocks as an effect is said to need it is ranked about four times in five", () => {
  for (const [effect, variants] of [[1.05, 2], [1.1, 2], [1.1, 5]]) {
    const world: World = {
      ...lognormal,
      limits: [Array.from({ length: variants }, (_, i) => i === 1 ? Math.log(effect) : 0)],
      residuals: Array.from({ length: variants }, (_, i) => gaussian(2_000, 0.05, i + 1)),
    };
    // A log ratio differs by the noise of two trials.
    const spread = Math.SQRT2 * deviation(world.residuals[0]);
    const bar = { twinSpread: spread, comparisons: variants - 1 };
    const blocks = blocksFor(effect, spread, bar);
    let ranked = 0;
    for (let seed = 1; seed <= 1_000; seed++) {
      if (estimate(simulate(world, blocks, 0, seed))[1].verdict === "slower") ranked++;
    }
    console.log(`an effect of ${effect} among ${variants}, ${blocks} blocks: ${ranked / 10} %`);
    assertGreaterOrEqual(ranked, 720);
    assertLessOrEqual(ranked, 920);
  }
});
