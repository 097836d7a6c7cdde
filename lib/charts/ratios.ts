import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { facetBy } from "./facet.ts";
import { readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";
import { logScale } from "./time_axis.ts";
import { digits } from "../ground/words.ts";

const COLUMNS = {
  variant: "text",
  ratio: "number",
  low: "number",
  high: "number",
  verdict: "text",
} as const;
const OPTIONAL = { noise_floor: "number", limit: "number" } as const;

/**
 * How each variant's makespan compares with the baseline's: the ratio with its interval, a line at
 * 1, and the noise floor [1/τ, τ] as a band. What the data do not separate is "~".
 *
 * `rows` are estimates with the columns variant, ratio, low, high and verdict ("faster", "slower",
 * "~", "baseline", "twin"); noise_floor (τ) is drawn as a band, limit (the ratio of the limits) as
 * a tick, where there.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows, and for a ratio that is not above 0.
 */
export function ratios(rows: Rows, options: ChartOptions = {}): Chart {
  checkOptions("ratios", options);
  const estimates = readRows("ratios", rows, COLUMNS, OPTIONAL);
  for (const { variant, ratio } of estimates) {
    if (!(ratio > 0)) throw new RangeError(`charts.ratios: ratio of "${variant}": ${ratio}`);
  }
  const baseline = estimates.find(({ verdict }) => verdict === "baseline")?.variant ??
    "the baseline";
  const compared = estimates.filter(({ verdict }) => verdict !== "baseline");
  const floor = estimates.map(({ noise_floor }) => noise_floor).find((tau) => tau > 1) ?? 1;
  const limits = compared.some(({ limit }) => limit > 0);
  const all = estimates.flatMap((one) => [one.ratio, one.low, one.high, one.limit])
    .filter((value) => value > 0);
  const { scale, values } = logScale(Math.min(...all, 1 / floor), Math.max(...all, floor), 1.12);
  const headers = new Map(estimates.map((one) => [one.variant, words(one)]));
  const x = { type: "quantitative", scale } as const;
  return chart(
    {
      title: headline(compared, baseline),
      subtitle: `Makespan ÷ ${baseline}'s, with 95 % intervals; log scale` +
        (floor > 1 ? "; the band is the noise floor" : "") +
        (limits ? "; the small tick is the limits' ratio" : ""),
      description: `Ratios of makespans to ${baseline}'s, with 95 % intervals. ` +
        `${[...headers].map((pair) => pair.join(": ")).join(". ")}.` +
        (floor > 1 ? ` The noise floor is [${digits(1 / floor)}, ${digits(floor)}].` : ""),
    },
    options,
    {
      data: embed(estimates, {
        variant: null,
        ratio: 5,
        low: 5,
        high: 5,
        verdict: null,
        limit: 5,
      }),
      ...facetBy("variant", headers, 10),
      spec: {
        width: WIDTH - 30,
        height: 30,
        encoding: {
          x: {
            ...x,
            axis: {
              title: `makespan ÷ ${baseline}'s (log)`,
              values,
              labelExpr: "format(datum.value, '~g')",
              grid: true,
            },
          },
          y: { datum: 0.5, type: "quantitative", scale: { domain: [0, 1] }, axis: null },
        },
        layer: [
          {
            mark: { type: "rect", style: "lab-band", aria: false },
            encoding: {
              x: { ...x, datum: 1 / floor },
              x2: { datum: floor },
              y: { datum: 0 },
              y2: { datum: 1 },
            },
          },
          {
            mark: { type: "rule", style: "lab-rule", strokeWidth: 1.5, aria: false },
            encoding: { x: { ...x, datum: 1 }, y: { datum: 0 }, y2: { datum: 1 } },
          },
          ...(limits
            ? [{
              transform: [{ filter: "datum.verdict !== 'baseline'" }],
              mark: {
                type: "tick",
                style: "lab-rule",
                orient: "vertical",
                size: 12,
                thickness: 1.5,
              },
              encoding: { x: { ...x, field: "limit" } },
            }]
            : []),
          {
            mark: { type: "rule", style: "lab-value", strokeWidth: 3, aria: false },
            encoding: { x: { ...x, field: "low" }, x2: { field: "high" } },
          },
          {
            mark: { type: "point", style: "lab-value", filled: true, opacity: 1, size: 110 },
            encoding: {
              x: { ...x, field: "ratio" },
              shape: {
                field: "verdict",
                type: "nominal",
                scale: { domain: Object.keys(SHAPES), range: Object.values(SHAPES) },
                legend: null,
              },
            },
          },
        ],
      },
    },
  );
}

/** Verdicts by shape, too: an arrow to where it went. */
const SHAPES = {
  faster: "triangle-left",
  slower: "triangle-right",
  "~": "circle",
  baseline: "square",
  twin: "diamond",
};

interface Estimate {
  readonly variant: string;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: string;
}

/** "0.0341 [0.0310, 0.0376], faster". */
function words({ ratio, low, high, verdict }: Estimate): string {
  if (verdict === "baseline") return "the baseline";
  const outcome = verdict === "~" ? "~ no difference shown" : verdict;
  return `${digits(ratio)} [${digits(low)}, ${digits(high)}], ${outcome}`;
}

function headline(compared: readonly Estimate[], baseline: string): string {
  const ranked = compared.filter(({ verdict }) => verdict === "faster" || verdict === "slower")
    .sort((a, b) => a.ratio - b.ratio);
  if (ranked.length === 0) return `No difference from ${baseline} is shown`;
  const [best] = ranked;
  const other = ranked.at(-1)!;
  return `Of ${baseline}'s time, ${best.variant} took ${digits(best.ratio)}` +
    (other === best ? "" : ` and ${other.variant} ${digits(other.ratio)}`);
}
