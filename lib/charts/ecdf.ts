import { quantile } from "../ground/quantile.ts";
import { capital, counts, digits } from "../ground/words.ts";
import { timeAxis } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { colorBy } from "./colors.ts";
import { facetBy } from "./facet.ts";
import { dots, line, reference } from "./layers.ts";
import { embed, groupBy, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";

/**
 * What share of the requests had their answer within a time: the empirical distribution of latencies,
 * a facet a variant on one axis, with rules at p50, p95 and p99 (quantiles of type 7).
 *
 * ```ts
 * await show(ecdf(results.samples));
 * ```
 *
 * @param rows samples with the columns variant and latency_ms.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows with a latency.
 */
export function ecdf(rows: Rows, options: ChartOptions = {}): Chart {
  const settled = settle("ecdf", options, {});
  const samples = readRows("ecdf", rows, { text: ["variant"], number: ["latency_ms"] })
    .filter(({ latency_ms }) => Number.isFinite(latency_ms));
  if (samples.length === 0) throw new RangeError("charts.ecdf has no latency to draw");
  const variants = [...groupBy(samples, "variant")].map(([variant, group]) => {
    const sorted = group.map(({ latency_ms }) => latency_ms).sort((a, b) => a - b);
    return { variant, sorted, quantiles: QUANTILES.map((p) => ({ p, ms: quantile(sorted, p) })) };
  });
  const ends = variants.flatMap(({ sorted }) => [sorted[0], sorted.at(-1)!]);
  const x = timeAxis("latency", ends, { room: 1.08 });
  const [low, high] = x.on.scale.domain;
  const facts = new Map(variants.map(({ variant, quantiles }) => [variant, together(quantiles)]));
  const n = counts(variants.map(({ sorted }) => sorted.length), "request");
  const color = colorBy("variant", [...facts.keys()]);
  const only = (rule: boolean) => ({ transform: [{ filter: `${rule ? "" : "!"}datum.rule` }] });
  return chart(
    {
      title: "Share of requests answered within a time",
      reading: `${capital(n)} each; rules at p50, p95 and p99. ` +
        "Of a closed loop: an open load has another tail",
      facts,
    },
    settled,
    {
      data: embed([...variants.flatMap(steps), ...variants.flatMap(rules)], {
        variant: null,
        rule: null,
        share: 4,
        latency_ms: high > 2000 ? 0 : 1,
      }),
      ...facetBy("variant", facts, 14, {
        width: WIDTH - 60,
        height: 90,
        encoding: {
          x: { ...x.on, field: "latency_ms", axis: x.axis },
          y: {
            field: "share",
            type: "quantitative",
            scale: { domain: [0, 1] },
            axis: { title: null, format: ".0%", values: [0, 0.5, 1] },
          },
        },
        layer: [
          reference(
            { y: { datum: 0, type: "quantitative" }, y2: { field: "share" } },
            true,
            only(true),
          ),
          { ...line({ color }, { interpolate: "step-after" }), ...only(false) },
          { ...dots({ color }, { size: 45 }), ...only(true) },
        ],
      }),
    },
  );

  /** One point where the share changes by what can be seen: a thousandth of the axis. */
  function steps({ variant, sorted }: typeof variants[number]) {
    const points = [{ variant, latency_ms: sorted[0], share: 0, rule: "" }];
    for (const [i, latency_ms] of sorted.entries()) {
      const share = (i + 1) / sorted.length;
      const next = sorted[i + 1] ?? Infinity;
      const from = points.at(-1)!.latency_ms;
      const near = x.log ? next / from < (high / low) ** 0.001 : next - from < high / 1000;
      if (!near) points.push({ variant, latency_ms, share, rule: "" });
    }
    return points;
  }

  function rules({ variant, quantiles }: typeof variants[number]) {
    return quantiles.map(({ p, ms }) => (
      { variant, latency_ms: ms, share: p, rule: `p${100 * p}` }
    ));
  }
}

/** "p50 167, p95 207, p99 239 ms": one unit for all, so that a phone has room for it. */
function together(quantiles: readonly { readonly p: number; readonly ms: number }[]): string {
  const seconds = quantiles.at(-1)!.ms >= 1000;
  const said = quantiles.map(({ p, ms }) => `p${100 * p} ${digits(seconds ? ms / 1000 : ms)}`);
  return `${said.join(", ")} ${seconds ? "s" : "ms"}`;
}

const QUANTILES = [0.5, 0.95, 0.99];
