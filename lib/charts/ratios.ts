import { intervalWords } from "../ground/interval_words.ts";
import { above, check } from "../ground/options.ts";
import { ratioAxis } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { colorBy } from "./colors.ts";
import { strips } from "./facet.ts";
import { at, dots, interval, reference, ticks } from "./layers.ts";
import { embed, inOrder, readRows, type Row, type Rows } from "./rows.ts";

const COLUMNS = {
  text: ["variant", "baseline", "verdict"],
  number: ["ratio", "low", "high", "margin"],
  maybeNumber: ["ideal"],
} as const;

type Comparison = Row<typeof COLUMNS>;

/**
 * How each variant's time compares with the baseline's: the ratio with its interval, the margin
 * within which nobody cares as a band around 1, and the verdict as a word. The twin, one variant run
 * twice, is a row like the others.
 *
 * ```ts
 * await show(charts.ratios(estimate(results), { title: "Awaiting in the loop takes the same time" }));
 * ```
 *
 * @param rows comparisons as `estimate` and `compareLoads` make them: the columns variant, baseline,
 * ratio, low, high, verdict ("same", "faster", "slower", "can't tell") and margin; ideal (the ratio
 * of the ideals) is drawn as a tick, where there.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, and for a ratio or margin that is not above 0.
 */
export function ratios(rows: Rows, options: ChartOptions = {}): Chart {
  const settled = settle("ratios", options, {});
  const compared = readRows("ratios", rows, COLUMNS);
  for (const { variant, ratio, margin } of compared) {
    check("charts.ratios", `ratio of "${variant}"`, ratio, above(0));
    check("charts.ratios", `margin of "${variant}"`, margin, above(0));
  }
  const margin = Math.max(...compared.map((row) => row.margin));
  const band = [1 / (1 + margin), 1 + margin];
  const [baseline, ...others] = inOrder(compared, "baseline");
  const ideals = compared.some(({ ideal }) => ideal > 0);
  const x = ratioAxis(
    others.length === 0 ? `time ÷ ${baseline}’s` : "time ÷ the baseline’s",
    [...compared.flatMap((row) => [row.ratio, row.low, row.high, row.ideal]), ...band],
    { room: 1.06 },
  );
  const names = inOrder(compared, "variant");
  const color = colorBy("variant", names);
  const percent = `${Number((100 * margin).toPrecision(2))} %`;
  const facts = new Map(compared.map((row) => [row.variant, words(row, baseline)]));
  return chart(
    {
      title: `Time ÷ ${baseline}’s`,
      reading:
        (others.length === 0 ? "" : `The baseline is ${baseline}, unless another is named. `) +
        `The band is the margin: within ${percent} counts as the same` +
        (ideals ? "; the small ticks are the ideals’ ratios" : ""),
      facts,
      note: `Within ${percent} counts as the same.`,
    },
    settled,
    {
      data: embed(compared, { variant: null, verdict: null, ratio: 5, low: 5, high: 5, ideal: 5 }),
      ...strips(facts, x, 30, [
        {
          mark: { type: "rect", style: "lab-band", aria: false },
          encoding: {
            x: { ...x.on, datum: band[0] },
            x2: { datum: band[1] },
            y: at(0),
            y2: { datum: 1 },
          },
        },
        reference({ x: { ...x.on, datum: 1 }, y: at(0), y2: { datum: 1 } }),
        ...(ideals
          ? [ticks({ x: { ...x.on, field: "ideal" }, y: at(0.5) }, { size: 14 }, "ideal")]
          : []),
        interval("x", x.on, ["low", "high"], { y: at(0.5), color }),
        dots({ x: { ...x.on, field: "ratio" }, y: at(0.5), color, shape: SHAPE }, { size: 110 }),
      ]),
    },
  );
}

/** Verdicts by shape, too: an arrow to where it went. */
const SHAPES = {
  faster: "triangle-left",
  slower: "triangle-right",
  same: "square",
  "can't tell": "circle",
};
const SHAPE = {
  field: "verdict",
  type: "nominal",
  scale: { domain: Object.keys(SHAPES), range: Object.values(SHAPES) },
  legend: null,
};

/** "0.034 (0.031 to 0.038), faster"; the baseline named where it is not that of most. */
function words(row: Comparison, baseline: string): string {
  const { ratio, low, high } = intervalWords(row, row.margin);
  const against = row.baseline === baseline ? "" : ` of ${row.baseline}`;
  return `${ratio}${against} (${low} to ${high}), ${row.verdict.replace("'", "’")}`;
}
