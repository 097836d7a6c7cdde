import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { random } from "../../lib/ground/random.ts";
import { blocksNeeded } from "../../lib/analysis/blocks_needed.ts";
import { claim, ClaimError } from "../../lib/analysis/claim.ts";
import { conclude, digits } from "../../lib/analysis/conclude.ts";
import { estimate, noiseFloor } from "../../lib/analysis/estimate.ts";
import { fastest } from "../../lib/analysis/fastest.ts";
import { blocksFor, holm, ratioInterval } from "../../lib/analysis/interval.ts";
import { quantile } from "../../lib/ground/quantile.ts";
import { studentCdf, studentQuantile, twoTails } from "../../lib/analysis/student.ts";
import { synthetic, syntheticTrial } from "./synthetic.ts";

Deno.test("Student's t agrees with the closed forms of one and two degrees of freedom", () => {
  for (const t of [-40, -2, -0.3, 0, 0.01, 1, 3.7, 100]) {
    assertAlmostEquals(studentCdf(t, 1), 0.5 + Math.atan(t) / Math.PI, 1e-12);
    assertAlmostEquals(studentCdf(t, 2), 0.5 + t / (2 * Math.sqrt(2 + t * t)), 1e-12);
  }
});

Deno.test("Student's t agrees with the printed tables", () => {
  const table: [freedom: number, t: number][] = [
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [7, 2.365],
    [9, 2.262],
    [11, 2.201],
    [19, 2.093],
    [30, 2.042],
    [120, 1.98],
  ];
  for (const [freedom, t] of table) assertAlmostEquals(studentQuantile(0.975, freedom), t, 5e-4);
  assertAlmostEquals(studentQuantile(0.8, 7), 0.896, 5e-4);
  assertAlmostEquals(twoTails(2.365, 7), 0.05, 5e-5);
  assertEquals(studentQuantile(0.5, 5) < 1e-9, true);
  assertThrows(() => studentQuantile(1, 5), RangeError, "got 1");
});

Deno.test("quantiles interpolate as pandas and numpy do by default", () => {
  // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [0, .25, .5, .75, .95, 1])
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const expected = [1, 1.75, 3.5, 5.25, 7.95, 9];
  [0, 0.25, 0.5, 0.75, 0.95, 1].forEach((q, i) =>
    assertAlmostEquals(quantile(values, q), expected[i], 1e-12)
  );
  assertEquals(quantile([7], 0.3), 7);
  assertEquals(quantile([NaN, 7], 0.3), 7);
  assertEquals(quantile([], 0.5), NaN);
  assertThrows(() => quantile(values, 1.1), RangeError, "1.1");
});

Deno.test("a ratio's interval is that of the t test worked by hand", () => {
  // logs of 1, 2, 4 are 0, ln 2, 2 ln 2: mean ln 2, s = ln 2, t(0.975, 2) = 4.302653.
  const { ratio, low, high, p } = ratioInterval([1, 2, 4], 0.95);
  const half = 4.302652729911275 * Math.LN2 / Math.sqrt(3);
  assertAlmostEquals(ratio, 2, 1e-12);
  assertAlmostEquals(low, 2 * Math.exp(-half), 1e-9);
  assertAlmostEquals(high, 2 * Math.exp(half), 1e-9);
  assertAlmostEquals(p, 1 - Math.sqrt(3) / Math.sqrt(2 + 3), 1e-12);
  assertThrows(() => ratioInterval([1], 0.95), RangeError, "got 1");
  assertThrows(() => ratioInterval([1, 0], 0.95), RangeError, "got 0");
  assertThrows(() => ratioInterval([1, NaN], 0.95), RangeError, "NaN");
});

Deno.test("t, interval and p are those of an independent computation", () => {
  // scipy 1.17.1: stats.t.ppf, stats.t.cdf, 2 · stats.t.sf, and ttest_1samp of the logs.
  assertAlmostEquals(studentQuantile(0.975, 7), 2.364624251592784, 1e-11);
  assertAlmostEquals(studentQuantile(0.975, 11), 2.200985160091639, 1e-11);
  assertAlmostEquals(studentQuantile(0.995, 19), 2.8609346064649794, 1e-11);
  assertAlmostEquals(studentCdf(-3.3, 4), 0.014966710042063033, 1e-13);
  assertAlmostEquals(twoTails(12, 9), 7.699886222985653e-7, 1e-16);
  const interval = ratioInterval([0.91, 1.07, 0.88, 0.95, 1.02, 0.97, 0.9, 0.93], 0.95);
  assertAlmostEquals(interval.ratio, 0.9518995059905585, 1e-12);
  assertAlmostEquals(interval.low, 0.9006368668803442, 1e-11);
  assertAlmostEquals(interval.high, 1.0060799228036184, 1e-11);
  assertAlmostEquals(interval.p, 0.07325177106534256, 1e-12);
  assertAlmostEquals(interval.spread, 0.06621523925241381, 1e-13);
});

Deno.test("Holm multiplies the smallest p by the number of tests and never lets p fall", () => {
  // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((p, i) => assertAlmostEquals(adjusted[i], p, 1e-12));
  assertEquals(holm([0.6, 0.9]), [1, 1]);
  assertEquals(holm([]), []);
});

Deno.test("the blocks an effect needs grow as its inverse square, and none show a ratio of 1", () => {
  const alone = { twinSpread: 0, comparisons: 1 };
  const [far, near] = [blocksFor(1.2, 0.05, alone), blocksFor(1.02, 0.05, alone)];
  assertLess(far, 6);
  assertGreater(near, 40);
  // G*Power: a t test of one sample, d = 1, two-sided 5 %, power 80 %, takes 10.
  assertEquals(blocksFor(Math.E, 1, alone), 10);
  assertEquals(blocksFor(1 / Math.E, 1, alone), 10);
  assertGreater(blocksFor(1.02, 0.05, { twinSpread: 0.05, comparisons: 1 }), near);
  assertGreater(blocksFor(1.02, 0.05, { twinSpread: 0, comparisons: 6 }), near);
  assertEquals(blocksFor(1, 0.05, alone), Infinity);
  assertEquals(blocksFor(2, 0, alone), 2);
});

const noisy = (seed: number, center: number, spread: number, n = 10) => {
  const next = random(seed);
  return Array.from(
    { length: n },
    () => center * Math.exp(spread * (next() + next() + next() - 1.5)),
  );
};

Deno.test("a variant that is clearly faster is ranked, one within the noise is not", () => {
  const results = synthetic(
    {
      a: noisy(1, 100, 0.02),
      b: noisy(2, 50, 0.02),
      c: noisy(3, 100.2, 0.02),
      d: noisy(4, 300, 0.02),
    },
    { of: "b", makespans: noisy(5, 50, 0.02) },
  );
  assertEquals(estimate(results).map((row) => row.verdict), ["baseline", "faster", "~", "slower"]);
  const b = estimate(results)[1];
  assert(b.low < b.ratio && b.ratio < b.high, "the interval holds the ratio");
  assertAlmostEquals(b.ratio, 0.5, 0.01);
  assertAlmostEquals(b.speed_up, 1 / b.ratio, 1e-12);
});

Deno.test("a difference that does not clear the noise floor is not ranked, however small its p", () => {
  const blocks = Array.from({ length: 10 }, () => 100);
  const results = synthetic({ a: blocks, b: blocks.map((ms) => ms * 1.02) }, {
    of: "a",
    makespans: blocks.map((ms, i) => ms * (i % 2 ? 1.2 : 0.9)),
  });
  assertGreater(noiseFloor(results), 1.02);
  const [, b] = estimate(results);
  assertLess(b.p_holm, 1e-9);
  assertEquals(b.verdict, "~");
  assertStringIncludes(conclude(results, "b", "a"), "no difference shown");
});

Deno.test("where the self-check found a fault nothing is ranked, and the sentence says why", () => {
  const good = synthetic({ a: noisy(1, 100, 0.01), b: noisy(2, 50, 0.01) }, {
    of: "b",
    makespans: noisy(3, 50, 0.01),
  });
  const results = { ...good, faults: ["a, block 2: 3 of 150 requests failed"] };
  assertEquals(estimate(good)[1].verdict, "faster");
  assertEquals(estimate(results)[1].verdict, "~");
  assertStringIncludes(conclude(results, "b", "a"), "3 of 150 requests failed");
});

Deno.test("the origin's lateness voids a comparison only when it exceeds the difference", () => {
  const results = (late: number) => {
    const base = synthetic({ a: noisy(1, 100, 0.001), b: noisy(2, 110, 0.001) }, {
      of: "a",
      makespans: noisy(3, 100, 0.001),
    });
    const trials = base.trials.map((t) =>
      t.variant === "b"
        ? syntheticTrial("b", t.block, t.makespan, { drawn: 50, served: 50 + late })
        : t
    );
    return { ...base, trials };
  };
  assertEquals(estimate(results(5))[1].verdict, "slower");
  assertEquals(estimate(results(20))[1].verdict, "~");
  assertStringIncludes(conclude(results(20), "b", "a"), "the origin was late by 20 ms");
});

Deno.test("the conclusion says ratio, interval, baseline and limit", () => {
  const flat = (ms: number) => Array.from({ length: 8 }, () => ms);
  const results = synthetic({ naive: flat(1000), concurrent: flat(34) }, {
    of: "concurrent",
    makespans: flat(34),
  });
  assertEquals(
    conclude(results, "concurrent", "naive"),
    "concurrent took 0.034 [0.034, 0.034] of naive; the limit was 1 (n = 1, 8 blocks).",
  );
  assertThrows(() => conclude(results, "pool", "naive"), RangeError, "pool");
});

Deno.test("fewer than two blocks give no interval, and the error says how many there were", () => {
  const none = {
    ...synthetic({ a: [1, 1] }, { of: "a", makespans: [1, 1] }),
    blocks: 0,
    trials: [],
  };
  assertThrows(() => estimate(none), RangeError, "0 of 2 were measured");
  assertThrows(() => conclude(none, "b", "a"), RangeError, "2 blocks or more");
});

Deno.test("blocksNeeded answers for each variant, from its own spread", () => {
  const results = synthetic(
    { a: noisy(1, 100, 0.02), steady: noisy(2, 90, 0.01), wild: noisy(3, 90, 0.2) },
    { of: "a", makespans: noisy(4, 100, 0.02) },
  );
  const [steady, wild] = blocksNeeded(results, 1.05);
  assertEquals([steady.variant, wild.variant, wild.effect], ["steady", "wild", 1.05]);
  assertLess(steady.blocks, wild.blocks);
  assertGreater(steady.blocks, blocksNeeded(results, 1.5)[0].blocks);
  for (const effect of [1, 0, -1, NaN, Infinity]) {
    assertThrows(() => blocksNeeded(results, effect), RangeError, `got ${effect}`);
  }
});

Deno.test("three significant digits, and no exponent", () => {
  assertEquals([0, 0.03449, 1.2345, 12345, 3.5].map(digits), [
    "0",
    "0.0345",
    "1.23",
    "12,300",
    "3.5",
  ]);
});

Deno.test("a claim that does not hold fails with its own text", () => {
  assertEquals(claim("b beats a", true), "✓ b beats a");
  assertThrows(() => claim("b beats a", false), ClaimError, "b beats a");
  assertThrows(() => claim("b beats a", undefined as unknown as boolean), TypeError, "undefined");
});

Deno.test("the fastest of a variant's trials is the least disturbed, whatever the others do", () => {
  const { trials } = synthetic({ slow: [90, 91, 1000], quick: [900, 30, 31] }, {
    of: "slow",
    makespans: [89, 90, 91],
  });
  assertEquals(fastest(trials, "quick").block, 2);
  assertEquals(fastest(trials, "slow").makespan, 90);
  assertEquals(fastest(trials).makespan, 30);
  assertThrows(() => fastest(trials, "quickest"), RangeError, '"quick"');
  assertThrows(() => fastest([]), RangeError, "no trials");
});
