/** The rule: one interval, a verdict read off it, the digits it is printed with, and what it would take. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { blocksToTell } from "../../lib/analysis/blocks_to_tell.ts";
import { ratioInterval } from "../../lib/analysis/interval.ts";
import { studentCdf, studentQuantile } from "../../lib/analysis/student.ts";
import { verdictOf } from "../../lib/analysis/verdict.ts";
import { intervalWords } from "../../lib/ground/interval_words.ts";
import { random } from "../../lib/ground/random.ts";

const MARGIN = 0.05;

/**
 * P(T ≤ t) in another way than the library's: with t = √ν · tan θ the density is cos^(ν − 1) θ, up to
 * a factor that the integral over all θ takes out. Simpson's rule.
 */
function independentCdf(t: number, freedom: number): number {
  const integral = (to: number) => {
    const steps = 2_000, from = -Math.PI / 2, width = (to - from) / steps;
    let sum = 0;
    for (let i = 0; i <= steps; i++) {
      const weight = i === 0 || i === steps ? 1 : i % 2 ? 4 : 2;
      sum += weight * Math.max(0, Math.cos(from + i * width)) ** (freedom - 1);
    }
    return sum * width / 3;
  };
  return integral(Math.atan(t / Math.sqrt(freedom))) / integral(Math.PI / 2);
}

function independentQuantile(p: number, freedom: number): number {
  let [low, high] = [0, 1000];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (independentCdf(middle, freedom) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The whole rule once more, step by step as it is written, by the other quantile. */
function byHand(ratios: readonly number[], m: number) {
  const x = ratios.map((ratio) => Math.log(ratio));
  const n = x.length;
  let sum = 0;
  for (const value of x) sum += value;
  const c = sum / n;
  let squares = 0;
  for (const value of x) squares += (value - c) * (value - c);
  const s = Math.sqrt(squares / (n - 1));
  const half = independentQuantile(1 - 0.025 / m, n - 1) * s / Math.sqrt(n);
  return { ratio: Math.exp(c), low: Math.exp(c - half), high: Math.exp(c + half), s };
}

Deno.test("Student's t is that of another computation, from 1 to 60 degrees of freedom", () => {
  for (const freedom of [1, 2, 3, 4, 7, 11, 19, 60]) {
    for (const p of [0.8, 0.9, 0.975, 1 - 0.025 / 6, 0.995]) {
      const t = studentQuantile(p, freedom);
      assertAlmostEquals(independentCdf(t, freedom), p, 1e-9, `p ${p}, ν ${freedom}`);
    }
  }
  // scipy 1.17.1: stats.t.ppf and stats.t.cdf.
  assertAlmostEquals(studentQuantile(0.975, 7), 2.364624251592784, 1e-11);
  assertAlmostEquals(studentQuantile(0.995, 19), 2.8609346064649794, 1e-11);
  assertAlmostEquals(studentCdf(-3.3, 4), 0.014966710042063033, 1e-13);
  assertAlmostEquals(studentQuantile(0.975, 10_000), 1.9602012398906254, 1e-8);
  assertAlmostEquals(studentQuantile(0.995, 1_000_000), 2.5758342201053335, 1e-8);
  assertThrows(() => studentQuantile(1, 5), RangeError, "studentQuantile: p must be");
  assertThrows(
    () => studentQuantile(0.9, 0),
    RangeError,
    "freedom must be a whole number from 1 up, not 0",
  );
});

/** Ratios, comparisons, and what the rule makes of them at a margin of 5 %. */
const PINS: [number[], number, number, number, number, string][] = [
  [[.99, .992, .994, .991, .995, .993, .992, .996], 1, .99287, .99118, .99457, "same"],
  [[1.04, 1.02, 1.05, 1.03, 1.06, 1.01, 1.04, 1.03], 1, 1.03489, 1.02157, 1.04839, "same"],
  [[1.04, 1.02, 1.05, 1.03, 1.06, 1.01, 1.04, 1.03], 3, 1.03489, 1.01731, 1.05278, "slower"],
  [[.95, 1.12, 1.03, .99], 1, 1.0206, .91272, 1.14122, "can't tell"],
  [[.31, .34, .33, .32], 3, .32481, .29492, .35773, "faster"],
];

for (const [ratios, m, ratio, low, high, verdict] of PINS) {
  Deno.test(`${ratios.join(" ")}, of ${m}: ${ratio} [${low}, ${high}], ${verdict}`, () => {
    const interval = ratioInterval(ratios, 0.95, m);
    const other = byHand(ratios, m);
    for (const [name, pin] of Object.entries({ ratio, low, high })) {
      const [ours, theirs] = [interval, other].map((one) => one[name as "ratio"]);
      assertAlmostEquals(ours, pin, 5.1e-6, name);
      assertAlmostEquals(ours, theirs, 1e-9, `${name}, by another computation`);
    }
    assertAlmostEquals(interval.spread, other.s, 1e-12);
    assertEquals(verdictOf(interval, MARGIN), verdict);
  });
}

Deno.test("the interval is that of all comparisons together: wider the more there are", () => {
  const ratios = [0.95, 1.12, 1.03, 0.99];
  const widths = [1, 2, 6].map((m) => {
    const { low, high } = ratioInterval(ratios, 0.95, m);
    return high / low;
  });
  assert(widths[0] < widths[1] && widths[1] < widths[2]);
  assertThrows(
    () => ratioInterval([1]),
    RangeError,
    "ratios must be a list of at least 2, not [ 1 ]",
  );
  assertThrows(
    () => ratioInterval([1, 0]),
    RangeError,
    "ratios[1] must be a number above 0, not 0",
  );
  assertThrows(() => ratioInterval([1, NaN]), RangeError, "not NaN");
  assertThrows(() => ratioInterval([1, 2], 1), RangeError, "confidence must be");
  assertThrows(() => ratioInterval([1, 2], 0.95, 0), RangeError, "comparisons must be");
});

Deno.test("a verdict is same before it is faster or slower, with the margin's ends included", () => {
  const verdict = (low: number, high: number) =>
    verdictOf({ ratio: Math.sqrt(low * high), low, high, spread: 0.01, blocks: 8 }, MARGIN);
  assertEquals(verdict(1 / 1.05, 1.05), "same");
  assertEquals(verdict(1.01, 1.05), "same");
  assertEquals(verdict(1.01, 1.0501), "slower");
  assertEquals(verdict(0.95, 0.999), "faster");
  assertEquals(verdict(0.95, 1), "can't tell");
  assertEquals(verdict(1, 1.06), "can't tell");
  assertEquals(verdict(0.9, 1.2), "can't tell");
});

Deno.test("blocks that all gave the same ratio tell nothing: real runs do not do that", () => {
  const interval = ratioInterval([0.034, 0.034, 0.034]);
  assertEquals(
    [interval.spread, interval.low, interval.high],
    [0, 0.034, 0.034].map((x, i) => i === 0 ? x : Math.exp(Math.log(x))),
  );
  assertEquals(verdictOf(interval, MARGIN), "can't tell");
});

Deno.test("plans are those of the table, and of another computation", () => {
  for (const [m, n] of [[1, 8], [3, 10], [5, 11]]) assertEquals(blocksToTell(0.035, MARGIN, m), n);
  const { spread } = ratioInterval([0.95, 1.12, 1.03, 0.99]);
  assertAlmostEquals(spread, 0.07021, 5e-6);
  assertEquals([1, 3].map((m) => blocksToTell(spread, MARGIN, m)), [24, 31]);
  for (const [s, m] of [[0.035, 1], [0.07021, 3]]) {
    let n = 2;
    const t = (p: number) => independentQuantile(p, n - 1);
    while ((t(1 - 0.025 / m) + t(0.9)) * s > Math.log(1 + MARGIN) * Math.sqrt(n)) n++;
    assertEquals(blocksToTell(s, MARGIN, m), n);
  }
  assertEquals(blocksToTell(0, MARGIN, 1), 2);
  assert(blocksToTell(0.035, 0.01, 1) > 16 * blocksToTell(0.035, 0.05, 1));
  assertThrows(() => blocksToTell(NaN, MARGIN, 1), RangeError, "spread must be");
  assertThrows(() => blocksToTell(0.1, 0, 1), RangeError, "margin must be a number above 0, not 0");
});

const words = (ratio: number, low: number, high: number) => {
  const said = intervalWords({ ratio, low, high }, MARGIN);
  return `${said.ratio} [${said.low}, ${said.high}]`;
};

Deno.test("an interval too wide for any digit has no end at 0", () => {
  assertEquals(intervalWords({ ratio: 0.31, low: 0.012, high: 6.2 }, MARGIN), {
    ratio: "0.3",
    low: "0.01",
    high: "6.2",
  });
  assertEquals(words(0.3, 0.0001, 711.7), "0.3 [0.0001, 712]");
});

Deno.test("an interval prints with the digits that its width supports", () => {
  assertEquals(words(0.99287, 0.99118, 0.99457), "0.993 [0.991, 0.995]");
  assertEquals(words(0.32481, 0.29492, 0.35773), "0.32 [0.29, 0.36]");
  assertEquals(words(94.51, 89.2, 105.1), "95 [89, 105]");
  // Where a chart draws it: 1.0 and 0.9 to 1.1 would stand a tenth of the interval beside their marks.
  assertEquals(words(1.021, 0.913, 1.141), "1.02 [0.91, 1.14]");
  assertEquals(words(0.963, 0.762, 1.22), "0.96 [0.76, 1.22]");
  assertEquals(words(2.95, 2.87, 3.02), "2.95 [2.87, 3.02]");
  // 7 to 8 would leave out a third of it.
  assertEquals(words(7.74866, 7.10608, 8.44934), "7.7 [7.1, 8.4]");
  assertEquals(words(0.034, 0.034, 0.034), "0.0340 [0.0340, 0.0340]");
});

Deno.test("ends never print alike, nor on another side of 1 or of the margin than they are", () => {
  assertEquals(words(1.0487, 1.0483, 1.0491), "1.0487 [1.0483, 1.0491]");
  // To 2 digits it would be [1.00, 1.05], which holds 1 and lies within the margin.
  assertEquals(words(1.027, 1.004, 1.0504), "1.0270 [1.0040, 1.0504]");
  const next = random(13);
  for (let i = 0; i < 20_000; i++) {
    const center = Math.exp((next() - 0.5) * (i % 3 === 0 ? 6 : 0.2));
    const half = Math.exp(-12 * next());
    const [low, high] = [center * Math.exp(-half), center * Math.exp(half)];
    const said = intervalWords({ ratio: center, low, high }, MARGIN);
    const printed = [Number(said.low), Number(said.high)];
    assert(said.low !== said.high, `${low} to ${high} print alike: ${said.low}`);
    for (const border of [1 / 1.05, 1, 1.05]) {
      const kept = [low, high].every((end, j) =>
        Math.sign(printed[j] - border) === Math.sign(end - border)
      );
      assert(kept, `${low} to ${high} prints as ${said.low} to ${said.high}`);
    }
  }
});
