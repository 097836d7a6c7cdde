import { STRING } from "../ground/options.ts";
import { intervalWords } from "../ground/interval_words.ts";
import { digits } from "../ground/words.ts";
import { ratioAxis } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { strips } from "./facet.ts";
import { at, dots, interval, reference } from "./layers.ts";
import { embed, readRows, type Row, type Rows } from "./rows.ts";

const COLUMNS = {
  text: ["variant"],
  number: ["study_ratio", "our_ratio"],
  maybeNumber: ["low", "high"],
} as const;

/** What {@link replication} can be told. */
export interface ReplicationOptions extends ChartOptions {
  /** What the ratios are: "times as fast as the baseline". */
  readonly ratio?: string;
}

/**
 * A study's figures beside ours, both as ratios to the same baseline: seconds are of other hardware
 * and another network, ratios can be compared.
 *
 * ```ts
 * await show(charts.replication([{ variant: "naive", study_ratio: 0.287, our_ratio: 0.291 }]));
 * ```
 *
 * @param rows the columns variant, study_ratio and our_ratio (either may be unknown), and low and
 * high, the interval of ours, where there is one.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows.
 */
export function replication(rows: Rows, options: ReplicationOptions = {}): Chart {
  const settled = settle("replication", options, { ratio: STRING.or("ratio to the baseline") });
  const pairs = readRows("replication", rows, COLUMNS);
  const x = ratioAxis(
    settled.ratio,
    pairs.flatMap((pair) => [pair.study_ratio, pair.our_ratio, pair.low, pair.high]),
  );
  const intervals = pairs.some(({ low }) => low > 0);
  const facts = new Map(pairs.map((pair) => [pair.variant, words(pair)]));
  return chart(
    {
      title: "The study’s ratios and ours",
      reading: `◇ the study, ● here${intervals ? ", with its interval" : ""}. ` +
        "Other hardware: compare ratios, not seconds",
      facts,
      note: "Other hardware: compare ratios, not seconds.",
    },
    settled,
    {
      data: embed(pairs, { variant: null, study_ratio: 5, our_ratio: 5, low: 5, high: 5 }),
      ...strips(facts, x, 30, [
        reference({ x: { ...x.on, datum: 1 }, y: at(0), y2: { datum: 1 } }, true),
        interval("x", x.on, ["low", "high"], { y: at(0.7) }, { style: "lab-value" }),
        dots(
          { x: { ...x.on, field: "our_ratio" }, y: at(0.7) },
          { style: "lab-value", size: 90 },
          "our_ratio",
        ),
        dots(
          { x: { ...x.on, field: "study_ratio" }, y: at(0.28) },
          { style: "lab-study", shape: "diamond", filled: false, size: 110, strokeWidth: 2 },
          "study_ratio",
        ),
      ]),
    },
  );
}

/** "study 0.287, here 0.291 (0.280 to 0.300)". */
function words(pair: Row<typeof COLUMNS>): string {
  const { ratio, low, high } = intervalWords({ ...pair, ratio: pair.our_ratio }, 0.05);
  const interval = pair.low > 0 ? ` (${low} to ${high})` : "";
  return [
    pair.study_ratio > 0 ? `study ${digits(pair.study_ratio)}` : "not in the study",
    pair.our_ratio > 0 ? `here ${ratio}${interval}` : "not run here",
  ].join(", ");
}
