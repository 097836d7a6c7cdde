import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { readRows, type Rows } from "./rows.ts";
import { TEXT, WIDTH } from "./theme.ts";
import { plain } from "../ground/words.ts";

const COLUMNS = { label: "text", share: "number" } as const;
const OPTIONAL = { low: "number", high: "number" } as const;

/** What {@link shares} can be told. */
export interface SharesOptions extends ChartOptions {
  /** The share that was promised: a tick on each bar. */
  readonly promised?: number;
  /** What it is a share of: "experiments". */
  readonly of?: string;
}

/**
 * How often something happens: a bar a label from 0, with its percentage and, where known, its
 * interval, and a tick at the share that was promised.
 *
 * `rows` have the columns label and share (0 to 1); low and high where known.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows, and for a share that is not from 0 to 1.
 */
export function shares(rows: Rows, options: SharesOptions = {}): Chart {
  checkOptions("shares", options, ["promised", "of"]);
  const { promised = NaN, of = "cases" } = options;
  const figures = readRows("shares", rows, COLUMNS, OPTIONAL).map((row, place) => {
    if (!(row.share >= 0 && row.share <= 1)) {
      throw new RangeError(`charts.shares: share of "${row.label}": ${row.share}`);
    }
    return { ...row, place, text: percent(row.share) };
  });
  const sorted = figures.toSorted((a, b) => a.share - b.share);
  const [least, most] = [sorted[0], sorted.at(-1)!];
  const reach = Math.max(most.share, promised || 0, ...figures.map(({ high }) => high || 0));
  const x = {
    type: "quantitative",
    scale: { domain: [0, reach * 1.12], nice: false },
  } as const;
  const interval = ({ low, high }: typeof figures[number]) =>
    Number.isFinite(low) ? ` [${percent(low)}, ${percent(high)}]` : "";
  return chart(
    {
      title: figures.length === 1
        ? `${most.label}: ${most.text} of ${of}`
        : `From ${least.text} of ${of} (${least.label}) to ${most.text} (${most.label})`,
      subtitle: `Share of ${of}` +
        (promised >= 0 ? `; the tick is at the ${percent(promised)} that was promised` : "") +
        (figures.some(({ low }) => Number.isFinite(low)) ? "; with 95 % intervals" : ""),
      description: `Share of ${of}. ` +
        figures.map((each) => `${each.label}: ${each.text}${interval(each)}`).join(". ") + "." +
        (promised >= 0 ? ` Promised: ${percent(promised)}.` : ""),
    },
    options,
    {
      data: embed(figures, { place: 0, label: null, share: 4, low: 4, high: 4, text: null }),
      width: WIDTH - 30,
      height: 44 * figures.length,
      encoding: { y: { field: "place", type: "ordinal", axis: null } },
      layer: [
        {
          mark: { type: "bar", style: "lab-value", height: 15, yOffset: 8, minBandSize: 2 },
          encoding: { x: { ...x, field: "share", axis: null } },
        },
        ...(promised >= 0
          ? [{
            mark: {
              ...{ type: "tick", style: "lab-rule", orient: "vertical", aria: false },
              ...{ size: 19, thickness: 2, yOffset: 8 },
            },
            encoding: { x: { ...x, datum: promised } },
          }]
          : []),
        {
          transform: [{ filter: "isValid(datum.low) && isValid(datum.high)" }],
          mark: { type: "rule", style: "lab-rule", strokeWidth: 2, yOffset: 8, aria: false },
          encoding: { x: { ...x, field: "low" }, x2: { field: "high" } },
        },
        {
          mark: { ...TEXT, align: "left", dy: -9 },
          encoding: { x: { value: 0 }, text: { field: "said" } },
          transform: [{ calculate: "datum.label + ': ' + datum.text", as: "said" }],
        },
      ],
    },
  );
}

/** "4.3 %". */
const percent = (share: number): string => `${plain(Number((100 * share).toPrecision(3)))} %`;
