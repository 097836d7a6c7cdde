import { check, number, STRING } from "../ground/options.ts";
import { plain } from "../ground/words.ts";
import { BAR, bars } from "./bars.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { interval, ticks } from "./layers.ts";
import { readRows, type Row, type Rows } from "./rows.ts";

const COLUMNS = { text: ["label"], number: ["share"], maybeNumber: ["low", "high"] } as const;

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
 * ```ts
 * await show(charts.shares([{ label: "one run each", share: 0.61 }], { of: "experiments" }));
 * ```
 *
 * @param rows the columns label and share (0 to 1); low and high where known.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, and for a share that is not from 0 to 1.
 */
export function shares(rows: Rows, options: SharesOptions = {}): Chart {
  const settled = settle("shares", options, {
    promised: number(0, 1).or(NaN),
    of: STRING.or("cases"),
  });
  const { promised, of } = settled;
  const figures = readRows("shares", rows, COLUMNS);
  for (const { label, share } of figures) {
    check("charts.shares", `share of "${label}"`, share, number(0, 1));
  }
  const intervals = figures.some(({ low }) => Number.isFinite(low));
  const most = Math.max(
    promised || 0,
    ...figures.flatMap(({ share, high }) => Number.isFinite(high) ? [share, high] : [share]),
  );
  return chart(
    {
      title: `Share of ${of}`,
      reading: promised >= 0
        ? `The tick is at the ${percent(promised)} that was promised`
        : `In percent of ${of}`,
      facts: new Map(figures.map(({ label, share, low, high }) => [
        label,
        percent(share) + (Number.isFinite(low) ? ` (${percent(low)} to ${percent(high)})` : ""),
      ])),
      ...(promised >= 0 ? { note: `Promised: ${percent(promised)}.` } : {}),
    },
    settled,
    bars(rowsOf(figures), most, (x) => [
      ...(promised >= 0
        ? [ticks({ x: { ...x, datum: promised } }, { size: 19, thickness: 2, aria: false, ...BAR })]
        : []),
      ...(intervals
        ? [interval("x", x, ["low", "high"], {}, { style: "lab-rule", strokeWidth: 2, ...BAR })]
        : []),
    ]),
  );
}

/** Figures stand beside the labels: at the ends of bars they would meet the tick. */
const rowsOf = (figures: readonly Row<typeof COLUMNS>[]) =>
  figures.map(({ label, share, low, high }) => ({
    label: `${label}: ${percent(share)}`,
    from: 0,
    to: share,
    text: "",
    low,
    high,
  }));

/** "4.3 %". */
const percent = (share: number): string => `${plain(Number((100 * share).toPrecision(3)))} %`;
