import { FRACTION, oneOf, resolve } from "../ground/options.ts";
import type { Blocks, Pass } from "../trial/measured.ts";
import type { Trial } from "../trial/trial.ts";
import { blocksToTell } from "./blocks_to_tell.ts";
import { geometric, idealOf } from "./ideal_of.ts";
import { type Interval, ratioInterval } from "./interval.ts";
import { trialsOf } from "./trials_of.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/** How one variant compares with another: the one estimator of tables, charts and sentences. */
export interface Comparison {
  readonly variant: string;
  /** What it is compared with: of the twin, its first self. */
  readonly baseline: string;
  /** Geometric mean over blocks of its time ÷ the baseline's. */
  readonly ratio: number;
  /** The interval that is printed and judged: 95 % for all comparisons together, of the twin 99 %. */
  readonly low: number;
  readonly high: number;
  /** 1 / ratio: how many times as fast as the baseline. */
  readonly speed_up: number;
  readonly verdict: Verdict;
  readonly blocks: number;
  /** Sample standard deviation of the log ratios. */
  readonly spread: number;
  /** Blocks in which "same" would be found four times in five; NaN where fewer than 4 were run. */
  readonly blocks_to_tell: number;
  readonly margin: number;
  /**
   * The ideal ratio: its ideal time ÷ the baseline's, on the same draws. No bound on `ratio`. NaN for
   * servers under load, whose ideal nobody knows.
   */
  readonly ideal: number;
  /** Whether this is the variant that ran twice, beside itself: the alarm. */
  readonly twin: boolean;
}

/** What a comparison may be told. */
export interface CompareOptions {
  /** Another variant to compare with than the experiment's baseline. */
  readonly baseline?: string;
  /** The smallest difference that matters, between 0 and 1; by default as said for the experiment. */
  readonly margin?: number;
}

/**
 * Every variant against the baseline, a row each, and last the twin against itself. What a row holds:
 * {@link Comparison}. A verdict is read off the interval that is in the row, against the margin that
 * was said beforehand:
 *
 * | verdict | when |
 * |---|---|
 * | "same" | the whole interval lies within [1/1.05, 1.05], for a margin of 0.05 |
 * | "faster", "slower" | else, and it excludes 1 |
 * | "can't tell" | neither; or the instrument found fault with itself, or the twin with itself |
 *
 * ```ts
 * const rows = estimate(results);
 * rows[0]; // { variant: "naive/kept", ratio: 0.993, low: 0.991, high: 0.995, verdict: "same", … }
 * await show(charts.ratios(estimate(results, { margin: 0.02 })));
 * ```
 *
 * Throws a RangeError where fewer than 2 blocks were measured, for a margin that is not between 0 and
 * 1, and for a baseline that is not one of the variants.
 */
export function estimate<P extends Pass>(
  results: Blocks<P>,
  options: CompareOptions = {},
): Comparison[] {
  return compare("estimate", results, options);
}

/** With fewer blocks the spread itself is too uncertain to plan from. */
const FEWEST_TO_PLAN = 4;

/**
 * Every variant against the baseline, and the twin against itself, last. See `verdictOf` for how a
 * verdict is read off the interval. Where the instrument found fault with itself, or where the twin
 * is faster or slower than itself at 99 %, every verdict is "can't tell".
 *
 * Another baseline than the experiment's leaves the number of comparisons, and so the intervals'
 * level, as they are: such a comparison was not among those that the experiment was made for.
 *
 * @param of whose call it is, for errors
 * @throws {RangeError} where fewer than 2 blocks were measured, and for a baseline that is not there
 */
export function compare<P extends Pass>(
  of: string,
  measured: Blocks<P>,
  options: CompareOptions,
): Comparison[] {
  const { variants, twin } = measured;
  const { baseline, margin } = resolve(of, options, {
    baseline: oneOf(...variants).or(measured.baseline),
    margin: FRACTION.or(measured.margin),
  });
  checkBlocks(of, measured);
  const others = variants.filter((name) => name !== baseline);
  const comparisons = Math.max(1, others.length);
  const sound = measured.faults.length === 0;
  const row = (variant: string, base: string, confidence: number, m: number, ruled: boolean) => {
    const ratios = ratiosOf(measured, variant, base);
    // A trial that was at fault may have no time at all.
    const known = sound || ratios.every((ratio) => ratio > 0 && ratio < Infinity);
    const interval = known ? ratioInterval(ratios, confidence, m) : UNKNOWN;
    return {
      variant,
      baseline: base,
      ...interval,
      speed_up: 1 / interval.ratio,
      verdict: ruled ? verdictOf(interval, margin) : "can't tell" as const,
      blocks_to_tell: interval.blocks < FEWEST_TO_PLAN
        ? NaN
        : blocksToTell(interval.spread, margin, m),
      margin,
      twin: variant === twin.name,
      ideal: idealTimeOf(measured, variant) / idealTimeOf(measured, base),
    };
  };
  const alarm = row(twin.name, twin.of, 0.99, 1, sound);
  const ranked = sound && alarm.verdict !== "faster" && alarm.verdict !== "slower";
  return [...others.map((name) => row(name, baseline, 0.95, comparisons, ranked)), alarm];
}

/** Of a variant's trials, ms; NaN for loads, which are no trials. */
function idealTimeOf<P extends Pass>(measured: Blocks<P>, variant: string): number {
  const passes: readonly Pass[] = trialsOf(measured, variant);
  const isTrial = (pass: Pass): pass is Trial => "samples" in pass;
  return passes.every(isTrial) ? geometric(passes, idealOf) : NaN;
}

const UNKNOWN: Interval = { ratio: NaN, low: NaN, high: NaN, spread: NaN, blocks: 0 };

/** Time ÷ time, one ratio a block, in the order of the variant's passes. */
export function ratiosOf<P extends Pass>(
  measured: Pick<Blocks<P>, "passes">,
  variant: string,
  baseline: string,
): number[] {
  const base = new Map(trialsOf(measured, baseline).map((pass) => [pass.block, pass.makespan]));
  return trialsOf(measured, variant).map((pass) => pass.makespan / base.get(pass.block)!);
}

/** Throws a RangeError where fewer blocks were measured than an interval takes. */
export function checkBlocks<P extends Pass>(of: string, { blocks, planned }: Blocks<P>): void {
  if (blocks >= 2) return;
  const ended = blocks < planned ? `: the experiment ended after ${blocks} of ${planned}` : "";
  throw new RangeError(`${of}: an interval needs 2 blocks or more, not ${blocks}${ended}`);
}
