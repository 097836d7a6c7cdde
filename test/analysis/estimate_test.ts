// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { atBest } from "../../lib/analysis/at_best.ts";
import { conclude } from "../../lib/analysis/conclude.ts";
import { estimate } from "../../lib/analysis/compare.ts";
import { quantile } from "../../lib/ground/quantile.ts";
import { synthetic, syntheticTrial } from "./synthetic.ts";

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

/** Results in which `variant` took these ratios of the baseline's time, and the twin its own. */
function withRatios(
  ratios: Record<string, readonly number[]>,
  twin: readonly number[] = [1.001, 0.998, 1.002, 0.999],
) {
  const n = Object.values(ratios)[0].length;
  const base = Array.from({ length: n }, (_, i) => 100 + i);
  const times = Object.entries(ratios).map(([name, all]) =>
    [name, all.map((ratio, i) => ratio * base[i])] as const
  );
  return synthetic({ sequential: base, ...Object.fromEntries(times) }, {
    of: "sequential",
    makespans: base.map((ms, i) => ms * twin[i % twin.length]),
  });
}

const alike = [.99, .992, .994, .991, .995, .993, .992, .996];
const longer = [1.04, 1.02, 1.05, 1.03, 1.06, 1.01, 1.04, 1.03];
const unclear = [.95, 1.12, 1.03, .99];
const third = [.31, .34, .33, .32];

Deno.test("each variant is compared with the baseline, and the twin with itself, a row each", () => {
  const results = withRatios({ naive: alike, pool: longer });
  const rows = estimate(results);
  assertEquals(rows.map((row) => [row.variant, row.baseline, row.verdict, row.twin]), [
    ["naive", "sequential", "same", false],
    ["pool", "sequential", "slower", false],
    ["sequential (twin)", "sequential", "same", true],
  ]);
  const [naive] = rows;
  assertAlmostEquals(naive.ratio, 0.99287, 5e-6);
  assertAlmostEquals(naive.speed_up, 1 / naive.ratio, 1e-12);
  assertEquals([naive.blocks, naive.margin, naive.ideal], [8, 0.05, 1]);
});

Deno.test("the more variants, the wider each interval: with three the 3 % that was the same is slower", () => {
  const three = withRatios({ naive: alike, pool: longer, chunked: alike });
  const [, pool] = estimate(three);
  assertEquals(pool.verdict, "slower");
  assertAlmostEquals(pool.high, 1.05278, 5e-6);
});

Deno.test("a margin is the experiment's, or the call's", () => {
  const results = withRatios({ naive: alike });
  assertEquals(estimate(results, { margin: 0.001 })[0].verdict, "faster");
  assertEquals(estimate({ ...results, margin: 0.001 })[0].verdict, "faster");
  assertEquals(estimate({ ...results, margin: 0.001 }, { margin: 0.05 })[0].verdict, "same");
  for (const margin of [0, 1, -0.1, NaN, 5]) {
    const words = `estimate: margin must be a number between 0 and 1, not ${margin}`;
    assertThrows(() => estimate(results, { margin }), RangeError, words);
  }
  const text = { margin: "5 %" } as unknown as { margin: number };
  assertThrows(() => estimate(results, text), TypeError, "margin must be a number between 0 and 1");
  assertThrows(
    () => estimate(results, { baseline: "none" }),
    RangeError,
    'estimate: baseline must be "sequential" or "naive", not "none"',
  );
});

Deno.test("where the twin differs from itself nothing is ranked, and the sentence says so", () => {
  const results = withRatios({ concurrent: third }, [1.1, 1.11, 1.09, 1.1]);
  assertEquals(estimate(results).map((row) => row.verdict), ["can't tell", "slower"]);
  assertStringIncludes(
    conclude(results, "concurrent"),
    "Nothing is ranked: sequential, run twice in each block, took 1.100 of its own time",
  );
  const quiet = withRatios({ concurrent: third }, [1.1, 0.93, 1.02, 0.98]);
  assertEquals(estimate(quiet).map((row) => row.verdict), ["faster", "can't tell"]);
});

Deno.test("where the self-check found a fault nothing is ranked, and the sentence says why", () => {
  const good = withRatios({ concurrent: third });
  const results = { ...good, faults: ["a, block 2: 3 of 150 requests failed"] };
  assertEquals(estimate(good)[0].verdict, "faster");
  assertEquals(estimate(results).map((row) => row.verdict), ["can't tell", "can't tell"]);
  assertStringIncludes(conclude(results, "concurrent"), "3 of 150 requests failed");
  const passes = results.passes.map((each) => ({ ...each, makespan: each.block > 1 ? 0 : 1 }));
  const [row] = estimate({ ...results, passes });
  assertEquals([row.ratio, row.verdict, row.blocks_to_tell], [NaN, "can't tell", NaN]);
});

Deno.test("conclusions are plain: the same, about so much longer, a third of the time, cannot tell", () => {
  const say = (ratios: readonly number[]) => conclude(withRatios({ naive: ratios }), "naive");
  assertEquals(
    say(alike),
    "Naive took the same time as sequential, within 5 % (0.993, interval 0.991 to 0.995).",
  );
  assertEquals(
    say(longer),
    "Naive took the same time as sequential, within 5 %: about 3 % longer (1.035, interval 1.022 to 1.048).",
  );
  assertEquals(say(third), "Naive took about a third of the time of sequential (0.305 to 0.346).");
  assertEquals(
    say(unclear),
    "For naive against sequential there are too few runs to tell: anything from 9 % less to 14 % " +
      "more; about 24 blocks would tell.",
  );
  const times = (ratio: number) => say(third.map((each) => each * ratio / 0.325));
  assertStringIncludes(times(0.5), "took about half of the time of sequential");
  assertStringIncludes(
    times(0.62),
    "took about 38 % less time than sequential (0.58 to 0.66 of it)",
  );
  assertStringIncludes(times(0.0371), "took about 1/27 of the time of sequential");
  assertStringIncludes(times(0.189), "took about a fifth of the time of sequential");
  assertStringIncludes(times(0.1345), "took about 1/7 of the time of sequential");
  // The interval holds a fifth, but it is 9 % away.
  assertStringIncludes(
    say([0.15, 0.2, 0.165, 0.23]),
    "took about 82 % less time than sequential (0.14 to 0.25 of it)",
  );
  // It holds three quarters too, but they are 7 % away, and that one feels.
  assertStringIncludes(
    say([0.7, 0.9, 0.75, 0.87]),
    "took about 20 % less time than sequential (0.66 to 0.97 of it)",
  );
  assertStringIncludes(
    times(1.4),
    "took about 40 % longer than sequential (1.31 to 1.49 times as long)",
  );
  assertStringIncludes(times(2), "took about twice as long as sequential");
  assertStringIncludes(times(3.2), "took about 3.20 times as long as sequential");
  // Two thirds, a quarter, 1/7 and twice as long are said only where the interval holds them.
  const near = (ratio: number) => say([0.998, 1.002, 1.001, 0.999].map((each) => each * ratio));
  assertStringIncludes(
    near(0.64),
    "took about 36 % less time than sequential (0.638 to 0.642 of it)",
  );
  assertStringIncludes(near(0.1379), "took about 86 % less time than sequential");
  assertStringIncludes(near(1 / 7), "took about 1/7 of the time of sequential");
  assertStringIncludes(near(1.95), "took about 1.950 times as long as sequential");
});

Deno.test("what it would take is planned from the spread, never from the difference that was seen", () => {
  // Twice as far from 1, spread the same: as many blocks.
  const wide = [0.9, 1.05, 0.98, 1.02, 0.93, 1.08, 0.96, 1.0];
  const plan = (by: number) =>
    estimate(withRatios({ naive: wide.map((each) => each * by) }))[0].blocks_to_tell;
  assertEquals(plan(1), plan(1.02));
  const few = withRatios({ naive: [0.95, 1.12, 1.03] }, [1.01, 0.99, 1.02]);
  assertEquals(estimate(few)[0].blocks_to_tell, NaN);
  assertStringIncludes(conclude(few, "naive"), "with 4 blocks or more it could be said how many");
  // A plan has two digits: nobody knows a spread to three.
  const vague = withRatios({ naive: [0.6, 1.5, 0.9, 1.3] });
  assertStringIncludes(conclude(vague, "naive"), "about 750 blocks would tell");
  // Wide enough to leave the margin, and as narrow as the plan asks for.
  const edge = withRatios({
    naive: longer.map((each) => 1.0247 * (each / 1.03489) ** 2.1),
  });
  const words = "the runs do not tell: it is close to the margin’s edge (0.997 to 1.053)";
  assertStringIncludes(conclude(edge, "naive"), words);
  const flat = withRatios({ naive: Array(8).fill(0.5) });
  assertEquals(estimate(flat)[0].verdict, "can't tell");
  assertStringIncludes(conclude(flat, "naive"), "every block gave the same ratio");
});

Deno.test("another baseline keeps the level of the intervals, and the sentence says that it is another", () => {
  const results = withRatios({ naive: alike, pool: longer, chunked: alike });
  const rows = estimate(results, { baseline: "naive" });
  assertEquals(rows.map((row) => row.variant), [
    "sequential",
    "pool",
    "chunked",
    "sequential (twin)",
  ]);
  assertStringIncludes(
    conclude(results, "pool", "naive"),
    "not among the comparisons with sequential that the experiment was made for",
  );
  assertEquals(
    conclude(results, "naive", "naive"),
    "Naive is what the others are compared with.",
  );
  assertThrows(
    () => conclude(results, "none", "naive"),
    RangeError,
    'conclude: variant must be "sequential", "naive", "pool", "chunked" or "sequential (twin)"',
  );
  assertThrows(() => conclude(results, "pool", "none"), RangeError, "conclude: baseline must be");
});

Deno.test("fewer than two blocks give no interval, and the error says how many there were", () => {
  const none = { ...withRatios({ naive: [1, 1] }), blocks: 0, passes: [], planned: 8 };
  const words = "an interval needs 2 blocks or more, not 0: the experiment ended after 0 of 8";
  assertThrows(() => estimate(none), RangeError, `estimate: ${words}`);
  assertThrows(() => conclude(none, "naive"), RangeError, `conclude: ${words}`);
});

/** Three passes of two variants, a number a pass: makespans, and what their draws came to. */
function passes(slow: number[], quick: number[], draws: number[]) {
  const of = (variant: string, all: number[], share: number) =>
    all.map((makespan, i) => {
      const drawn = draws[i] * share;
      return syntheticTrial(variant, i + 1, makespan, { drawn, served: drawn });
    });
  return [...of("slow", slow, 1), ...of("quick", quick, 0.5)];
}

Deno.test("at best, passes of other draws are comparable: the luckiest is not the best", () => {
  // Quick takes half, always 10 % above its ideal; its third pass was stalled, as slow's second was.
  const trials = passes([110, 900, 330], [55, 110, 999], [100, 200, 300]);
  assertAlmostEquals(atBest(trials, "quick", "slow"), 0.5, 1e-12);
  assertAlmostEquals(atBest({ passes: trials }, "slow", "quick"), 2, 1e-12);
  const few = trials.filter(({ block }) => block < 3);
  assertThrows(() => atBest(few, "quick", "slow"), RangeError, "3 passes or more");
  assertThrows(() => atBest(trials, "quickest", "slow"), RangeError, '"slow" and "quick"');
});
