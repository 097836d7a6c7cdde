import { quantile } from "../ground/quantile.ts";
import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { facetBy } from "./facet.ts";
import { groupBy, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";
import { logScale, timeAxis } from "./time_axis.ts";
import { counts, digits, duration, list, telling } from "../ground/words.ts";

/** What {@link ecdf} can be told. */
export interface EcdfOptions extends ChartOptions {
  /** A log axis; by default where the longest is more than 20 times the shortest. */
  readonly log?: boolean;
  /** Whether latencies count from times planned beforehand, as an open load has them. */
  readonly planned?: boolean;
}

/**
 * What share of the requests had their answer within a time: the empirical distribution of latencies,
 * a facet a variant on one axis, with rules at p50, p95 and p99 (quantiles of type 7).
 *
 * `rows` are samples with the columns variant and latency_ms.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows with a latency.
 */
export function ecdf(rows: Rows, options: EcdfOptions = {}): Chart {
  checkOptions("ecdf", options, ["log", "planned"]);
  const samples = readRows("ecdf", rows, { variant: "text", latency_ms: "number" })
    .filter(({ latency_ms }) => Number.isFinite(latency_ms));
  if (samples.length === 0) throw new RangeError("charts.ecdf has no latency to draw");
  const facts = [...groupBy(samples, "variant")].map(([variant, group]) => {
    const sorted = group.map(({ latency_ms }) => latency_ms).sort((a, b) => a - b);
    return {
      variant,
      sorted,
      quantiles: QUANTILES.map((p) => ({ p, ms: quantile(sorted, p) })),
    };
  });
  const low = Math.min(...facts.map(({ sorted }) => sorted[0]));
  const high = Math.max(...facts.map(({ sorted }) => sorted.at(-1)!));
  const log = options.log ?? (low > 0 && high > 20 * low);
  const { scale, values } = log
    ? logScale(low, high, 1.08)
    : { scale: { domain: [0, high * 1.02], nice: false }, values: undefined };
  const words = new Map(facts.map(({ variant, quantiles }) => [
    variant,
    together(quantiles),
  ]));
  const n = counts(facts.map(({ sorted }) => sorted.length), "request");
  const x = { type: "quantitative", scale } as const;
  return chart(
    {
      title: "Half of the requests had their answer within " +
        list(
          telling(facts, ({ quantiles }) => quantiles[0].ms).map(({ variant, quantiles }) =>
            `${duration(quantiles[0].ms)} with ${variant}`
          ),
        ),
      subtitle: `Share of requests answered within a time; ${n} each, rules at p50, p95 and p99` +
        `${log ? "; log scale" : ""}` +
        (options.planned ? "" : ". A closed loop: not the tail that an open load would see"),
      description: `Distribution of latencies, ${n} each. ` +
        [...words].map((pair) => pair.join(": ")).join(". ") + ".",
    },
    options,
    {
      data: embed([...facts.flatMap(steps), ...facts.flatMap(rules)], {
        variant: null,
        latency_ms: high > 2000 ? 0 : 1,
        share: 4,
        rule: null,
      }),
      ...facetBy("variant", words, 14),
      spec: {
        width: WIDTH - 60,
        height: 90,
        encoding: {
          x: {
            ...x,
            field: "latency_ms",
            axis: timeAxis(
              `latency${log ? " (log)" : ""}`,
              high,
              log ? { values } : { tickCount: 6 },
            ),
          },
          y: {
            field: "share",
            type: "quantitative",
            scale: { domain: [0, 1] },
            axis: { title: null, format: ".0%", values: [0, 0.5, 1] },
          },
        },
        layer: [
          {
            transform: [{ filter: "datum.rule" }],
            mark: { type: "rule", style: "lab-rule", strokeDash: [4, 3], aria: false },
            encoding: { y: { datum: 0, type: "quantitative" }, y2: { field: "share" } },
          },
          {
            transform: [{ filter: "!datum.rule" }],
            mark: {
              type: "line",
              style: "lab-value",
              interpolate: "step-after",
              strokeWidth: 2,
              aria: false,
            },
          },
          {
            transform: [{ filter: "datum.rule" }],
            mark: { type: "point", style: "lab-value", filled: true, opacity: 1, size: 45 },
          },
        ],
      },
    },
  );

  /** One point where the share changes by what can be seen: a thousandth of the axis. */
  function steps({ variant, sorted }: typeof facts[number]) {
    const points: { variant: string; latency_ms: number; share: number; rule: string }[] = [
      { variant, latency_ms: sorted[0], share: 0, rule: "" },
    ];
    for (const [i, latency_ms] of sorted.entries()) {
      const share = (i + 1) / sorted.length;
      const next = sorted[i + 1] ?? Infinity;
      const from = points.at(-1)!.latency_ms;
      const near = log ? next / from < (high / low) ** 0.001 : next - from < high / 1000;
      if (!near) points.push({ variant, latency_ms, share, rule: "" });
    }
    return points;
  }

  function rules({ variant, quantiles }: typeof facts[number]) {
    return quantiles.map(({ p, ms }) => ({
      variant,
      latency_ms: ms,
      share: p,
      rule: `p${100 * p}`,
    }));
  }
}

/** "p50 167, p95 207, p99 239 ms": one unit for all, so that a phone has room for it. */
function together(quantiles: readonly { readonly p: number; readonly ms: number }[]): string {
  const seconds = quantiles.at(-1)!.ms >= 1000;
  const said = quantiles.map(({ p, ms }) => `p${100 * p} ${digits(seconds ? ms / 1000 : ms)}`);
  return `${said.join(", ")} ${seconds ? "s" : "ms"}`;
}

const QUANTILES = [0.5, 0.95, 0.99];
