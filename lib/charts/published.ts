import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { facetBy } from "./facet.ts";
import { readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";
import { logScale } from "./time_axis.ts";
import { digits } from "../ground/words.ts";

const COLUMNS = { variant: "text", study_ratio: "number", our_ratio: "number" } as const;
const OPTIONAL = { low: "number", high: "number" } as const;

/** What {@link published} can be told. */
export interface PublishedOptions extends ChartOptions {
  /** What the ratios are: "times as fast as the baseline". */
  readonly ratio?: string;
}

/**
 * A study's figures beside ours, both as ratios to the same baseline: seconds are of other hardware
 * and another network, ratios can be compared.
 *
 * `rows` have the columns variant, study_ratio and our_ratio (either may be unknown), and low and
 * high, the interval of ours, where there is one.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows.
 */
export function published(rows: Rows, options: PublishedOptions = {}): Chart {
  checkOptions("published", options, ["ratio"]);
  const { ratio = "ratio to the baseline" } = options;
  const pairs = readRows("published", rows, COLUMNS, OPTIONAL);
  const all = pairs.flatMap((pair) => [pair.study_ratio, pair.our_ratio, pair.low, pair.high])
    .filter((value) => value > 0);
  const { scale, values } = logScale(Math.min(...all, 1), Math.max(...all, 1), 1.2);
  const headers = new Map(pairs.map((pair) => {
    const ours = digits(pair.our_ratio) +
      (pair.low > 0 ? ` [${digits(pair.low)}, ${digits(pair.high)}]` : "");
    const parts = [
      pair.study_ratio > 0 ? `study ${digits(pair.study_ratio)}` : "not in the study",
      pair.our_ratio > 0 ? `here ${ours}` : "not run here",
    ];
    return [pair.variant, parts.join(", ")];
  }));
  const compared = pairs.filter(({ study_ratio, our_ratio }) =>
    study_ratio > 0 && our_ratio > 0 && !(study_ratio === 1 && our_ratio === 1)
  );
  const factor = ({ study_ratio, our_ratio }: typeof pairs[number]) =>
    Math.exp(Math.abs(Math.log(our_ratio / study_ratio)));
  const farthest = compared.toSorted((a, b) => factor(b) - factor(a))[0];
  const intervals = pairs.some(({ low }) => low > 0);
  const x = { type: "quantitative", scale } as const;
  return chart(
    {
      title: farthest === undefined
        ? "The study's ratios and ours"
        : `The study's ratios and ours differ by a factor of ${
          digits(factor(farthest), 2)
        } at most ` +
          `(${farthest.variant})`,
      subtitle: `◇ the study, ● here${intervals ? ", with its 95 % interval" : ""}; log scale. ` +
        "Other hardware: compare ratios, not seconds",
      description:
        "Ratios to the baseline, the study's and ours; other hardware: compare ratios. " +
        [...headers].map((pair) => pair.join(": ")).join(". ") + ".",
    },
    options,
    {
      data: embed(pairs, { variant: null, study_ratio: 5, our_ratio: 5, low: 5, high: 5 }),
      ...facetBy("variant", headers, 10),
      spec: {
        width: WIDTH - 30,
        height: 30,
        encoding: {
          x: {
            ...x,
            axis: {
              title: `${ratio} (log)`,
              values,
              labelExpr: "format(datum.value, '~g')",
              grid: true,
            },
          },
          y: { datum: 0.5, type: "quantitative", scale: { domain: [0, 1] }, axis: null },
        },
        layer: [
          {
            mark: {
              type: "rule",
              style: "lab-rule",
              strokeWidth: 1,
              strokeDash: [4, 3],
              aria: false,
            },
            encoding: { x: { ...x, datum: 1 }, y: { datum: 0 }, y2: { datum: 1 } },
          },
          {
            transform: [{ filter: "isValid(datum.low) && isValid(datum.high)" }],
            mark: { type: "rule", style: "lab-value", strokeWidth: 3, aria: false },
            encoding: { x: { ...x, field: "low" }, x2: { field: "high" }, y: { datum: 0.3 } },
          },
          {
            transform: [{ filter: "isValid(datum.our_ratio)" }],
            mark: {
              type: "point",
              style: "lab-value",
              shape: "circle",
              filled: true,
              opacity: 1,
              size: 90,
            },
            encoding: { x: { ...x, field: "our_ratio" }, y: { datum: 0.3 } },
          },
          {
            transform: [{ filter: "isValid(datum.study_ratio)" }],
            mark: {
              type: "point",
              shape: "diamond",
              style: "lab-study",
              opacity: 1,
              size: 110,
              strokeWidth: 2,
            },
            encoding: { x: { ...x, field: "study_ratio" }, y: { datum: 0.72 } },
          },
        ],
      },
    },
  );
}
