import { intervalWords } from "../ground/interval_words.ts";
import { check, oneOf } from "../ground/options.ts";
import { capital, digits, integer } from "../ground/words.ts";
import type { Blocks, Pass } from "../trial/measured.ts";
import { compare, type Comparison } from "./compare.ts";

/**
 * What the data support about a variant against a baseline (the experiment's, if none is given), in
 * one plain sentence with its interval:
 *
 * - "Naive took the same time as sequential, within 5 % (0.993, interval 0.991 to 0.995)."
 * - "Pool took the same time as sequential, within 5 %: about 3 % longer (1.035, interval 1.022 to
 *   1.048)."
 * - "Concurrent took about a third of the time of sequential (0.29 to 0.36)."
 * - "For pool against naive there are too few runs to tell: anything from 9 % less to 14 % more;
 *   about 24 blocks would tell."
 *
 * The same text serves as caption and description. `results` are an experiment's or those of loads,
 * where the time is that of an answer.
 *
 * ```ts
 * conclude(results, "naive/kept"); // "Naive/kept took the same time as sequential/kept, within 5 % (…)."
 * ```
 *
 * Throws a RangeError that lists the variants where a name is not among them, and one where fewer than
 * 2 blocks were measured.
 */
export function conclude<P extends Pass>(
  results: Blocks<P>,
  variant: string,
  baseline: string = results.baseline,
): string {
  check("conclude", "variant", variant, oneOf(...results.variants, results.twin.name));
  if (results.faults.length > 0) {
    return `Nothing is ranked: the instrument found a fault with itself (${results.faults[0]}).`;
  }
  const rows = compare("conclude", results, { baseline });
  const alarm = rows.find((row) => row.twin)!;
  if (alarm.verdict === "faster" || alarm.verdict === "slower") {
    const { ratio, low, high } = intervalWords(alarm, alarm.margin);
    return `Nothing is ranked: ${alarm.baseline}, run twice in each block, took ${ratio} of its own ` +
      `time (${low} to ${high}).`;
  }
  const row = rows.find((each) => each.variant === variant);
  if (row === undefined) return `${capital(variant)} is what the others are compared with.`;
  const aside = baseline === results.baseline || row.twin
    ? ""
    : ` This is not among the comparisons with ${results.baseline} that the experiment was made for.`;
  return capital(`${sentence(row)}.${aside}`);
}

function sentence(row: Comparison): string {
  const { variant, baseline, verdict, margin, low, high } = row;
  const words = intervalWords(row, margin);
  const interval = `${words.low} to ${words.high}`;
  // Less than 1 % is "the same time" even where it is certain.
  const differs = (low > 1 || high < 1) && Math.abs(row.ratio - 1) >= 0.01;
  switch (verdict) {
    case "same":
      return `${variant} took the same time as ${baseline}, within ${percent(margin)}` +
        `${differs ? `: ${more(row.ratio)}` : ""} (${words.ratio}, interval ${interval})`;
    case "faster":
    case "slower":
      return `${variant} took ${share(row, words.ratio, interval)}`;
    case "can't tell":
      return `For ${variant} against ${baseline} ${untold(row, interval)}`;
  }
}

/** Why it cannot be told, and what it would take. */
function untold(row: Comparison, interval: string): string {
  const { spread, low, high, blocks, blocks_to_tell: needed } = row;
  if (spread === 0) return `every block gave the same ratio, which real runs do not do`;
  if (needed <= blocks) {
    return `the runs do not tell: it is close to the margin’s edge (${interval})`;
  }
  const anything = `anything from ${end(low)} to ${end(high)}`;
  const plan = Number.isNaN(needed)
    ? `with 4 blocks or more it could be said how many would tell`
    : `about ${integer(Number(needed.toPrecision(2)))} blocks would tell`;
  return `there are too few runs to tell: ${anything}; ${plan}`;
}

/** An end of an interval in words: "9 % less", "14 % more", "3.2 times as long". */
function end(ratio: number): string {
  if (ratio >= 2) return `${digits(ratio, 2)} times as long`;
  return `${percent(Math.abs(ratio - 1))} ${ratio < 1 ? "less" : "more"}`;
}

/** "5 %", "0.4 %": whole, where that is one per cent or more. */
function percent(part: number): string {
  return `${100 * part < 1 ? digits(100 * part, 1) : Math.round(100 * part)} %`;
}

const more = (ratio: number): string =>
  `about ${percent(Math.abs(ratio - 1))} ${ratio > 1 ? "longer" : "less time"}`;

/** Fractions that have a name; others are said as 1/n. */
const NAMED: readonly (readonly [number, string])[] = [
  [3 / 4, "three quarters"],
  [2 / 3, "two thirds"],
  [1 / 2, "half"],
  [1 / 3, "a third"],
  [1 / 4, "a quarter"],
  [1 / 5, "a fifth"],
  [1 / 10, "a tenth"],
];

/**
 * "about a third of the time of naive (0.29 to 0.36)", "about 12 % less time than naive (0.86 to 0.90
 * of it)", "about twice as long as naive (1.9 to 2.1)": where the words are in per cent, the interval
 * says what it is a share of.
 */
function share(row: Comparison, times: string, interval: string): string {
  const { ratio, low, high, baseline } = row;
  // A round figure must not say more than the runs do: it lies within their interval, and is at most
  // 5 % off; below a quarter 8 %, as there one of 1/7, 1/8 … always is.
  const round = (value: number) =>
    low <= value && value <= high &&
    Math.abs(Math.log(ratio / value)) < Math.log1p(value < 1 / 4 ? 0.08 : 0.05);
  const parts = Math.round(1 / ratio);
  const fractions = [...NAMED, [1 / parts, `1/${parts}`] as const];
  const fraction = fractions.find(([value]) => round(value));
  if (fraction) return `about ${fraction[1]} of the time of ${baseline} (${interval})`;
  if (ratio < 1) return `${more(ratio)} than ${baseline} (${interval} of it)`;
  if (ratio < 1.8) return `${more(ratio)} than ${baseline} (${interval} times as long)`;
  if (round(2)) return `about twice as long as ${baseline} (${interval})`;
  return `about ${times} times as long as ${baseline} (${interval})`;
}
