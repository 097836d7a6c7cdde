import type { Results } from "../analysis/results.ts";
import { FRACTION, func, Kind, listOf, resolve, TEXT, whole } from "../ground/options.ts";
import { expected } from "../ideal/expected.ts";
import type { Variant } from "../runners/task.ts";
import { passKinds, type PassOptions, VARIANT } from "../runners/trial_options.ts";
import { type Progress, progress } from "../show/progress.ts";
import { checkNames, named, twinName } from "./names.ts";

/** What an experiment may be told. */
export interface ExperimentOptions extends PassOptions {
  readonly variants: readonly Variant[];
  /** The variant, or its name, that others are compared with; the first by default. */
  readonly baseline?: Variant | string;
  /** The variant, or its name, that runs twice; by default the one that takes least time. */
  readonly twin?: Variant | string;
  /** Blocks to measure, from 2; 8 by default. */
  readonly blocks?: number;
  /**
   * The smallest difference that anyone should care about, between 0 and 1: 0.05, which is 5 %, by
   * default. What differs by less is called the same.
   */
  readonly margin?: number;
  /**
   * Requests in each trial of the warm-up: at most so many, the first; all by default. With 0 there
   * is none, which suits processes that are new for each trial.
   */
  readonly warmUp?: number;
  /** Of the order and the draws; 1 by default. */
  readonly seed?: number;
  /** Told how far it is; by default the lab's `progress`, which shows it. */
  readonly progress?: Progress;
  /** Called after each block measured, with what is complete; awaited before the next one. */
  readonly onBlock?: (results: Results) => void | Promise<void>;
}

const PICK = new Kind<Variant | string>(
  "a variant or its name",
  (value) => VARIANT.typed(value) || TEXT.typed(value),
);

/** The options with nothing left open; throws a RangeError or TypeError that names a bad one. */
export function resolveExperiment(options: ExperimentOptions) {
  const resolved = resolve("experiment", options, {
    ...passKinds(1),
    variants: listOf(VARIANT),
    baseline: PICK.or(undefined),
    twin: PICK.or(undefined),
    blocks: whole(2, 1_000_000).or(8),
    margin: FRACTION.or(0.05),
    warmUp: whole(0).or(Number.MAX_SAFE_INTEGER),
    seed: whole(0, 2 ** 32 - 1).or(1),
    progress: func<Progress>().or(progress),
    onBlock: func<(results: Results) => void | Promise<void>>().or(() => {}),
  });
  const { variants, paths, seed, origin } = resolved;
  const ideals = variants.map((each) => expected(each, paths, seed, origin.config));
  const cheapest = variants[ideals.indexOf(Math.min(...ideals))];
  const twin = named("experiment", "twin", resolved.twin ?? cheapest, variants);
  checkNames("experiment", [...variants, { name: twinName(twin.name) }]);
  return {
    ...resolved,
    warmUp: Math.min(resolved.warmUp, paths.length),
    baseline: named("experiment", "baseline", resolved.baseline ?? variants[0], variants),
    twin,
  };
}
