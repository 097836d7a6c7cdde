import type { Results } from "../experiment/results.ts";
import { idealTime } from "../ideal/mod.ts";
import type { Trial } from "../trial/trial.ts";
import { quantile } from "../ground/quantile.ts";
import { type Bar, holm, type Interval, ratioInterval } from "./interval.ts";

/** How one variant compares with the baseline. */
export interface Estimate {
  readonly variant: string;
  /** Geometric mean over blocks of its makespan ÷ the baseline's, and its 95 % interval. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  /** Adjusted over all variants compared. */
  readonly p_holm: number;
  /** 1 / ratio: how many times as fast as the baseline. */
  readonly speed_up: number;
  /** The ratio of the limits of the same draws: what no client could have changed. */
  readonly limit: number;
  /** "~" where the data do not separate it from the baseline. */
  readonly verdict: "faster" | "slower" | "~" | "baseline";
  /** The ratio that chance alone reached between a variant and its twin (τ ≥ 1). */
  readonly noise_floor: number;
  /** Sample standard deviation of the log ratios. */
  readonly spread: number;
}

const CONFIDENCE = 0.95;

/**
 * Every variant against the baseline. One is ranked only when its interval clears the noise floor
 * [1/τ, τ], Holm agrees at 5 %, and the origin's lateness is less than the difference. Where the
 * self-check found a fault nothing is ranked.
 *
 * Throws a RangeError where fewer than 2 blocks were measured.
 */
export function estimate(results: Results): Estimate[] {
  const { baseline, variants } = results;
  const floor = noiseFloor(results);
  const others = variants.filter((name) => name !== baseline);
  const intervals = others.map((name) =>
    ratioInterval(ratios(results, name, baseline), CONFIDENCE)
  );
  const adjusted = holm(intervals.map((interval) => interval.p));
  const rows = others.map((variant, i): Estimate => {
    const { ratio, low, high, p, spread } = intervals[i];
    const clears = high < 1 / floor || low > floor;
    const ranked = clears && adjusted[i] < 1 - CONFIDENCE && results.faults.length === 0 &&
      !lateness(results, variant, baseline).exceeds;
    return {
      variant,
      ratio,
      low,
      high,
      p,
      p_holm: adjusted[i],
      speed_up: 1 / ratio,
      limit: limitRatio(results, variant, baseline),
      verdict: !ranked ? "~" : ratio < 1 ? "faster" : "slower",
      noise_floor: floor,
      spread,
    };
  });
  const self: Estimate = {
    ...{ variant: baseline, ratio: 1, low: 1, high: 1, p: 1, p_holm: 1, speed_up: 1, limit: 1 },
    ...{ verdict: "baseline", noise_floor: floor, spread: 0 },
  };
  return variants.map((name) => rows.find((row) => row.variant === name) ?? self);
}

/** τ: the outer end of the interval of a variant against its twin, as a factor of 1 or more. */
export function noiseFloor(results: Results): number {
  const { low, high } = twinInterval(results);
  return Math.max(high, 1 / low, 1);
}

/** What an effect in these results has to get over, besides its own spread. */
export function bar(results: Results): Bar {
  return {
    twinSpread: twinInterval(results).spread,
    comparisons: Math.max(1, results.variants.length - 1),
  };
}

function twinInterval(results: Results): Interval {
  const { of, name } = results.twin;
  checkBlocks(results);
  return ratioInterval(ratios(results, name, of), CONFIDENCE);
}

/** Throws a RangeError where fewer blocks were measured than an interval takes. */
export function checkBlocks({ blocks, planned }: Results): void {
  if (blocks >= 2) return;
  throw new RangeError(
    `an interval needs 2 blocks or more; ${blocks} of ${planned} were measured`,
  );
}

/** Makespan ÷ makespan, one ratio a block, in the blocks' order. */
export function ratios(results: Results, variant: string, baseline: string): number[] {
  const base = new Map(of(results, baseline).map((trial) => [trial.block, trial.makespan]));
  return of(results, variant).map((trial) => trial.makespan / base.get(trial.block)!);
}

/** The trials of one variant; throws a RangeError that lists the names there are. */
export function of({ trials }: Pick<Results, "trials">, variant: string): Trial[] {
  const found = trials.filter((trial) => trial.variant === variant);
  if (found.length > 0) return found;
  const names = [...new Set(trials.map((trial) => trial.variant))];
  throw new RangeError(
    `no trial of "${variant}"; there are ${names.map((n) => `"${n}"`).join(", ")}`,
  );
}

/** How fast the trial's schedule could have gone with its service times as served, ms. */
export const idealOf = (trial: Trial): number => limitWith(trial, trial.samples.served);

function limitWith(trial: Trial, all: readonly number[]): number {
  const { connections, origin } = trial;
  // A strategy written in a cell may say nothing of its concurrency: then it is what was seen.
  const concurrency = trial.concurrency < Infinity
    ? trial.concurrency
    : Math.max(1, trial.costs.peakInFlight);
  // A request without an answer has no service time that anyone knows.
  const times = all.filter((time) => !Number.isNaN(time));
  return idealTime({ times, concurrency, connections, ...origin.config });
}

function limitRatio(results: Results, variant: string, baseline: string): number {
  const base = new Map(of(results, baseline).map((trial) => [trial.block, idealOf(trial)]));
  const logs = of(results, variant).map((t) => Math.log(idealOf(t) / base.get(t.block)!));
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

/**
 * What the origin's late timers added to the difference of two makespans, ms (medians over blocks):
 * the limit of the times as served less that of the times as drawn.
 */
export function lateness(results: Results, variant: string, baseline: string) {
  const late = (trial: Trial) => idealOf(trial) - limitWith(trial, trial.samples.drawn);
  const median = (name: string, take: (trial: Trial) => number) =>
    quantile(of(results, name).map(take), 0.5);
  const added = Math.abs(median(variant, late) - median(baseline, late));
  const effect = Math.abs(
    median(variant, (trial) => trial.makespan) - median(baseline, (trial) => trial.makespan),
  );
  return { added, effect, exceeds: added > effect };
}
