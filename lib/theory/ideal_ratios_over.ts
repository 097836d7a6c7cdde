import { Kind, listOf, number, oneOf, refuse, resolve, TEXT, whole } from "../ground/options.ts";
import { mean, quantile } from "../ground/quantile.ts";
import { expected } from "../ideal/expected.ts";
import type { Latency } from "../origin/draw.ts";
import type { OriginConfig } from "../origin/origin.ts";
import type { Connections } from "../trial/plan.ts";

/** What of a variant an ideal depends on. */
interface Shape {
  readonly name: string;
  readonly concurrency: number;
  readonly connections: Connections;
}

/** What a headline is redrawn over: h in ms, σ, the median in ms, places at the origin, or n. */
const PARAMETERS = {
  handshake: { label: "handshake h, ms", values: whole(0) },
  sigma: { label: "spread of service times, σ", values: number(0) },
  median: { label: "median service time, ms", values: number(1) },
  capacity: { label: "requests the origin serves at once", values: whole(1) },
  requests: { label: "requests n", values: whole(1) },
} as const;

export type Parameter = keyof typeof PARAMETERS;

/** What {@link idealRatiosOver} is told. */
export interface IdealRatiosOptions {
  readonly variants: readonly Shape[];
  /** The variant, or its name, that others are compared with. */
  readonly baseline: Shape | string;
  readonly paths: readonly string[];
  /** The origin's, whose other parameters stay as they are. */
  readonly config: Latency & Pick<OriginConfig, "handshake" | "capacity">;
  readonly over: Parameter;
  readonly values: readonly number[];
  /** Passes drawn for each value; 100 by default. */
  readonly seeds?: number;
}

const SHAPE = new Kind<Shape>(
  "a variant, such as variant(strategy, keptAlive)",
  (value) => typeof (value as Shape | null)?.concurrency === "number",
);
const BASELINE = new Kind<Shape | string>(
  "a variant or its name",
  (value) => SHAPE.typed(value) || TEXT.typed(value),
);
const CONFIG = new Kind<IdealRatiosOptions["config"]>(
  "an origin's config",
  (value) => typeof (value as OriginConfig | null)?.median === "number",
);

/** A variant's ratio to the baseline where one parameter is x: as `sensitivity` of "lab/charts" draws it. */
export interface IdealRatioRow {
  /** In words, with its unit. */
  readonly parameter: string;
  readonly x: number;
  /** The variant. */
  readonly series: string;
  /** Ideal ÷ the baseline's ideal: geometric mean over the passes drawn. */
  readonly ratio: number;
  /** Between these lie nine of ten passes drawn: the luck of the draw, no interval of the mean. */
  readonly low: number;
  readonly high: number;
  /** The parameter as it is in the headline; NaN where it is unbounded. */
  readonly default: number;
}

/**
 * A headline redrawn: how the ratio of each variant's ideal to the baseline's changes with one
 * parameter of the world. Computed, not run; it sends no request. Over `requests` the paths are taken
 * from the front, and once more from the front where there are too few.
 *
 * ```ts
 * idealRatiosOver({ variants, baseline, paths, config: origin.config, over: "handshake", values: [0, 119] });
 * ```
 *
 * Throws a RangeError or TypeError that names the option.
 */
export function idealRatiosOver(options: IdealRatiosOptions): IdealRatioRow[] {
  const { variants, paths, config, over, values, seeds, ...rest } = resolve(
    "idealRatiosOver",
    options,
    {
      variants: listOf(SHAPE),
      baseline: BASELINE,
      paths: listOf(TEXT),
      config: CONFIG,
      over: oneOf(...Object.keys(PARAMETERS) as Parameter[]),
      values: listOf(number(-Infinity)),
      seeds: whole(1).or(100),
    },
  );
  const { label, values: kind } = PARAMETERS[over];
  listOf(kind).check("idealRatiosOver", "values", values);
  if (config.replay && (over === "median" || over === "sigma")) {
    refuse("idealRatiosOver", "over", "handshake, capacity or requests of a replay", over);
  }
  const names = oneOf(...variants.map(({ name }) => name));
  if (typeof rest.baseline === "string") {
    names.check("idealRatiosOver", "baseline", rest.baseline);
  }
  const baseline = variants.find(({ name }) => name === rest.baseline) ?? rest.baseline as Shape;
  const used = over === "requests" ? paths.length : config[over];
  return values.flatMap((value) => {
    const world = over === "requests" ? config : { ...config, [over]: value };
    const asked = over === "requests" ? repeated(paths, value) : paths;
    const draws = Array.from({ length: seeds }, (_, i) => i + 1);
    const base = draws.map((seed) => expected(baseline, asked, seed, world));
    return variants.filter(({ name }) => name !== baseline.name).map((variant) => {
      const logs = draws.map((seed, i) =>
        Math.log(expected(variant, asked, seed, world) / base[i])
      );
      return {
        parameter: label,
        x: value,
        series: variant.name,
        ratio: Math.exp(mean(logs)),
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
