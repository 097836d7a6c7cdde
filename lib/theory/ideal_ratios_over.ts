import { Kind, listOf, number, oneOf, refuse, resolve, TEXT, whole } from "../ground/options.ts";
import { mean } from "../ground/quantile.ts";
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

/** What a headline is redrawn over: h in ms, σ, or n. */
const PARAMETERS = {
  handshake: { label: "handshake h, ms", values: whole(0) },
  sigma: { label: "spread of service times, σ", values: number(0) },
  requests: { label: "requests n", values: whole(1) },
} as const;

export type Parameter = keyof typeof PARAMETERS;

/** What {@link idealRatiosOver} is told. */
export interface IdealRatiosOptions {
  readonly variants: readonly Shape[];
  /** What the others are compared with; it need not be one of them. */
  readonly baseline: Shape;
  readonly paths: readonly string[];
  /** The origin's, whose other parameters stay as they are. */
  readonly config: Latency & Pick<OriginConfig, "handshake" | "capacity">;
  readonly over: Parameter;
  readonly values: readonly number[];
}

/** Passes drawn for each value. */
const SEEDS = Array.from({ length: 100 }, (_, i) => i + 1);

const SHAPE = new Kind<Shape>(
  "a variant, such as variant(strategy, keptAlive)",
  (value) => typeof (value as Shape | null)?.concurrency === "number",
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
  /** The variant, and what it is compared with. */
  readonly series: string;
  readonly baseline: string;
  /** Ideal ÷ the baseline's ideal: geometric mean over the passes drawn. */
  readonly ratio: number;
  /** The parameter as it is in the headline. */
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
  const { variants, baseline, paths, config, over, values } = resolve("idealRatiosOver", options, {
    variants: listOf(SHAPE),
    baseline: SHAPE,
    paths: listOf(TEXT),
    config: CONFIG,
    over: oneOf(...Object.keys(PARAMETERS) as Parameter[]),
    values: listOf(number(-Infinity)),
  });
  const { label, values: kind } = PARAMETERS[over];
  listOf(kind).check("idealRatiosOver", "values", values);
  if (config.replay && over === "sigma") {
    refuse("idealRatiosOver", "over", "handshake or requests of a replay", over);
  }
  return values.flatMap((value) => {
    const world = over === "requests" ? config : { ...config, [over]: value };
    const asked = over === "requests" ? repeated(paths, value) : paths;
    const base = SEEDS.map((seed) => expected(baseline, asked, seed, world));
    return variants.filter(({ name }) => name !== baseline.name).map((variant) => {
      const logs = SEEDS.map((seed, i) =>
        Math.log(expected(variant, asked, seed, world) / base[i])
      );
      return {
        parameter: label,
        x: value,
        series: variant.name,
        baseline: baseline.name,
        ratio: Math.exp(mean(logs)),
        default: over === "requests" ? paths.length : config[over],
      };
    });
  });
}

/** The first `n` paths, from the front again as often as it takes. */
const repeated = (paths: readonly string[], n: number): string[] =>
  Array.from({ length: n }, (_, i) => paths[i % paths.length]);
