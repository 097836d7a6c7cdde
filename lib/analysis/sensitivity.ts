import { expected } from "../ideal/mod.ts";
import { checkKnown } from "../ground/known_options.ts";
import type { OriginConfig } from "../origin/report.ts";
import type { Connections } from "../trial/plan.ts";
import { quantile } from "../ground/quantile.ts";

/** What of a variant a limit depends on. */
interface Shape {
  readonly name: string;
  readonly concurrency: number;
  readonly connections: Connections;
}

/** What a headline is redrawn over: h in ms, σ, the median in ms, places at the origin, or n. */
const PARAMETERS = {
  handshake: { label: "handshake h, ms", least: 0, whole: true },
  sigma: { label: "spread of service times, σ", least: 0, whole: false },
  median: { label: "median service time, ms", least: 1, whole: false },
  capacity: { label: "requests the origin serves at once", least: 1, whole: true },
  requests: { label: "requests n", least: 1, whole: true },
} as const;

export type Parameter = keyof typeof PARAMETERS;

const known: readonly (keyof SensitivityOptions)[] = [
  ...["variants", "baseline", "paths", "config", "over", "values", "seeds"] as const,
];

/** What {@link sensitivity} is told. */
export interface SensitivityOptions {
  readonly variants: readonly Shape[];
  /** The variant, or its name, that others are compared with. */
  readonly baseline: Shape | string;
  readonly paths: readonly string[];
  /** The origin's, whose other parameters stay as they are. */
  readonly config: Pick<OriginConfig, "median" | "sigma" | "handshake" | "capacity">;
  readonly over: Parameter;
  readonly values: readonly number[];
  /** Passes drawn for each value; 100 by default. */
  readonly seeds?: number;
}

/** A variant's ratio to the baseline where one parameter is x: as `charts.sensitivity` draws it. */
export interface SensitivityRow {
  /** In words, with its unit. */
  readonly parameter: string;
  readonly x: number;
  /** The variant. */
  readonly series: string;
  /** Limit ÷ the baseline's limit: geometric mean over the passes drawn. */
  readonly ratio: number;
  /** Between these lie nine of ten passes drawn: the luck of the draw, no interval of the mean. */
  readonly low: number;
  readonly high: number;
  /** The parameter as it is in the headline; NaN where it is unbounded. */
  readonly default: number;
}

/**
 * A headline redrawn: how the ratio of each variant's limit to the baseline's changes with one
 * parameter of the world, from limits alone. Computed, not run; it sends no request. Over `requests`
 * the paths are taken from the front, and once more from the front where there are too few.
 *
 * Throws a RangeError or TypeError that names the option.
 */
export function sensitivity(options: SensitivityOptions): SensitivityRow[] {
  checkKnown("sensitivity", options, known);
  const { variants, paths, config, over, values, seeds = 100 } = options;
  const { label } = check(options, seeds);
  const name = typeof options.baseline === "string" ? options.baseline : options.baseline.name;
  const baseline = variants.find((variant) => variant.name === name) ??
    (typeof options.baseline === "string" ? undefined : options.baseline);
  if (!baseline) {
    const names = variants.map((variant) => `"${variant.name}"`).join(", ");
    throw new RangeError(`sensitivity: baseline "${name}" is none of the variants ${names}`);
  }
  const used = over === "requests" ? paths.length : config[over];
  return values.flatMap((value) => {
    const world = over === "requests" ? config : { ...config, [over]: value };
    const asked = over === "requests" ? repeated(paths, value) : paths;
    const draws = Array.from({ length: seeds }, (_, i) => i + 1);
    const base = draws.map((seed) => expected(baseline, asked, seed, world));
    return variants.filter((variant) => variant.name !== name).map((variant) => {
      const logs = draws.map((seed, i) =>
        Math.log(expected(variant, asked, seed, world) / base[i])
      );
      return {
        ...{ parameter: label, x: value, series: variant.name },
        ratio: Math.exp(logs.reduce((sum, log) => sum + log, 0) / seeds),
        low: Math.exp(quantile(logs, 0.05)),
        high: Math.exp(quantile(logs, 0.95)),
        default: Number.isFinite(used) ? used : NaN,
      };
    });
  });
}

/** The first `n` paths, from the front again as often as it takes. */
const repeated = (paths: readonly string[], n: number): string[] =>
  Array.from({ length: n }, (_, i) => paths[i % paths.length]);

function check({ variants, paths, over, values }: SensitivityOptions, seeds: number) {
  if (!Array.isArray(variants) || variants.length === 0) {
    throw new TypeError("sensitivity: variants must be a list of at least one");
  }
  if (!Array.isArray(paths) || paths.length === 0) {
    throw new TypeError("sensitivity: paths must be a list of at least one");
  }
  if (!Object.hasOwn(PARAMETERS, over)) {
    const known = Object.keys(PARAMETERS).map((each) => `"${each}"`).join(", ");
    throw new RangeError(`sensitivity: over must be one of ${known}; got ${Deno.inspect(over)}`);
  }
  if (!Array.isArray(values) || values.length === 0) {
    throw new TypeError("sensitivity: values must be a list of at least one number");
  }
  const { label, least, whole } = PARAMETERS[over];
  const bad = values.find((value) => !fits(value, least, whole));
  if (bad !== undefined) {
    const kind = whole ? "whole numbers" : "numbers";
    throw new RangeError(
      `sensitivity: values of ${over} must be ${kind} from ${least}; got ${bad}`,
    );
  }
  if (!Number.isInteger(seeds) || seeds < 1) {
    throw new RangeError(`sensitivity: seeds must be a whole number from 1; got ${seeds}`);
  }
  return { label };
}

function fits(value: number, least: number, whole: boolean): boolean {
  return Number.isFinite(value) && value >= least && (!whole || Number.isInteger(value));
}
