import { expected } from "../ideal/mod.ts";
import { LONGEST_TIMER } from "../ground/deadline.ts";
import { checkKnown } from "../ground/known_options.ts";
import type { Origin } from "../origin/report.ts";
import type { Variant } from "../runners/variant.ts";
import type { Method } from "../trial/plan.ts";
import type { Results } from "./results.ts";

/** Called as work goes on: units done of all, and what is being done. */
export type Progress = (done: number, total: number, label: string) => void;

/** What an experiment may be told. */
export interface ExperimentOptions {
  readonly origin: Origin;
  readonly variants: readonly Variant[];
  readonly paths: readonly string[];
  /** The variant, or its name, that others are compared with; the first by default. */
  readonly baseline?: Variant | string;
  /** The variant, or its name, that runs twice; by default the one that takes least time. */
  readonly twin?: Variant | string;
  /** Blocks to measure, from 2; 8 by default, which lets Holm rank six comparisons. */
  readonly blocks?: number;
  /**
   * Requests in each trial of the warm-up: at most so many, the first; all by default. With 0 there
   * is none, which suits processes that are new for each trial.
   */
  readonly warmUp?: number;
  /** Of the order and the draws; 1 by default. */
  readonly seed?: number;
  readonly method?: Method;
  /** For each request, ms; 30 000 by default. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
  /** Called after each block measured, with what is complete; awaited before the next one. */
  readonly onBlock?: (results: Results) => void | Promise<void>;
}

const known: readonly (keyof ExperimentOptions)[] = [
  ...["origin", "variants", "paths", "baseline", "twin", "blocks", "warmUp", "seed"] as const,
  ...["method", "deadline", "signal", "progress", "onBlock"] as const,
];

/** A word for the second self of a variant; no variant may be named like that of another. */
export const twinName = (name: string): string => `${name} (twin)`;

/** The options with nothing left open; throws a RangeError or TypeError that names a bad one. */
export function resolve(options: ExperimentOptions) {
  checkKnown("experiment", options, known);
  const { origin, variants, paths, blocks = 8, seed = 1, deadline = 30_000 } = options;
  const { method = "GET" } = options;
  if (typeof origin?.begin !== "function") {
    throw new TypeError(`experiment: origin must be one that startOrigin made; got ${origin}`);
  }
  if (!Array.isArray(variants) || variants.length === 0) {
    throw new TypeError(`experiment: variants must be a list of at least one; got ${variants}`);
  }
  const stranger = variants.find((variant) => typeof variant?.run !== "function");
  if (stranger !== undefined) {
    throw new TypeError(
      "experiment: variants must be such as variant(strategy, keptAlive); got " +
        Deno.inspect(stranger),
    );
  }
  const names = variants.map((variant) => variant.name);
  const double = names.find((name, i) => names.indexOf(name) !== i);
  if (double) throw new RangeError(`experiment: two variants are named "${double}"; name one anew`);
  if (!Array.isArray(paths) || paths.length === 0) {
    throw new TypeError("experiment: paths must be a list of at least one");
  }
  whole("blocks", blocks, 2, 1_000_000);
  const { warmUp = paths.length } = options;
  whole("warmUp", warmUp, 0, Number.MAX_SAFE_INTEGER);
  whole("seed", seed, 0, 2 ** 32 - 1);
  if (method !== "GET" && method !== "HEAD") {
    throw new RangeError(`experiment: method must be "GET" or "HEAD"; got ${method}`);
  }
  if (!(deadline > 0 && deadline <= LONGEST_TIMER)) {
    throw new RangeError(
      `experiment: deadline must be above 0 ms, at most ${LONGEST_TIMER}; got ${deadline}`,
    );
  }
  const { signal = new AbortController().signal } = options;
  if (!(signal instanceof AbortSignal)) {
    throw new TypeError(`experiment: signal must be an AbortSignal; got ${Deno.inspect(signal)}`);
  }
  const cheapest =
    variants.toSorted((a, b) =>
      expected(a, paths, seed, origin.config) - expected(b, paths, seed, origin.config)
    )[0];
  const twin = pick("twin", options.twin ?? cheapest, variants);
  if (names.includes(twinName(twin.name))) {
    throw new RangeError(`experiment: "${twinName(twin.name)}" is the twin's name; name it anew`);
  }
  return {
    origin,
    variants,
    paths,
    blocks,
    warmUp: Math.min(warmUp, paths.length),
    seed,
    deadline,
    method,
    baseline: pick("baseline", options.baseline ?? variants[0], variants),
    twin,
    signal,
    progress: options.progress ?? (() => {}),
    onBlock: options.onBlock ?? (() => {}),
  };
}

function whole(option: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(
      `experiment: ${option} must be a whole number from ${least} to ${most}; got ${value}`,
    );
  }
}

function pick(option: string, wanted: Variant | string, variants: readonly Variant[]): Variant {
  const name = typeof wanted === "string" ? wanted : wanted.name;
  const found = variants.find((variant) => variant.name === name);
  if (found) return found;
  const names = variants.map((variant) => `"${variant.name}"`).join(", ");
  throw new RangeError(`experiment: ${option} "${name}" is none of the variants ${names}`);
}
