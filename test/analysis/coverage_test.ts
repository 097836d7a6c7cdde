/**
 * What intervals and verdicts are worth, by simulation (simulate.ts, which runs every cell): the cells
 * that decide, 4,000 experiments in each, so that a rate of 5 % is known to ± 0.7 %.
 */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertGreaterOrEqual, assertLessOrEqual } from "@std/assert";
import { apart, type Cell, equals } from "./simulate.ts";

const EXPERIMENTS = 4_000;

/** Few blocks and many, one variant and six, spreads on either side of the margin, every noise. */
const DECIDING: readonly Cell[] = [
  { noise: "normal", spread: 0.1, blocks: 4, variants: 6 },
  { noise: "normal", spread: 0.1, blocks: 8, variants: 1 },
  { noise: "normal", spread: 0.01, blocks: 8, variants: 6 },
  { noise: "normal", spread: 0.035, blocks: 12, variants: 6 },
  { noise: "t3", spread: 0.1, blocks: 20, variants: 1 },
  { noise: "resampled", spread: 0.1, blocks: 4, variants: 6 },
  { noise: "resampled", spread: 0.035, blocks: 12, variants: 1 },
];

for (const [i, cell] of DECIDING.entries()) {
  const { noise, spread, blocks, variants } = cell;
  const name = `${noise} noise, spread ${spread}, ${blocks} blocks, ${variants} compared`;
  Deno.test(`${name}: verdicts are wrong in at most 5.7 of 100 experiments, and intervals hold`, () => {
    const { falseWinner, coverage, simultaneous, alarm } = equals(cell, EXPERIMENTS, 13 + i);
    assertLessOrEqual(falseWinner, 0.057, "a winner among equals");
    for (const ratio of [1.05, 1 / 1.05]) {
      const { same } = apart(cell, ratio, EXPERIMENTS, 13 + i);
      assertLessOrEqual(same, 0.057, "same at the margin's end");
    }
    // Each of several intervals is wider, so that all hold at once.
    assertGreaterOrEqual(coverage, 0.93, "an interval holds the truth");
    if (noise === "normal" && variants === 1) assertLessOrEqual(coverage, 0.98, "nor too wide");
    if (variants > 1) assertGreaterOrEqual(simultaneous, 0.94, "all hold at once");
    assertLessOrEqual(alarm, 0.02, "the twin raises an alarm");
  });
}

Deno.test("a twin that truly differs from itself by 5 % raises the alarm in most experiments", () => {
  const cell: Cell = { noise: "normal", spread: 0.035, blocks: 8, variants: 1 };
  assertGreaterOrEqual(equals(cell, EXPERIMENTS, 29, 1.05).alarm, 0.6);
});

Deno.test("a plan keeps its word: in so many blocks, equals are called the same four times in five", () => {
  // blocksToTell gives 8 blocks for one comparison, 10 for three, at a spread of 0.035.
  for (const [blocks, variants] of [[8, 1], [10, 3]]) {
    const { same } = equals({ noise: "normal", spread: 0.035, blocks, variants }, 2000, 31);
    assertGreaterOrEqual(same, 0.77);
    assertLessOrEqual(same, 0.9);
  }
});
