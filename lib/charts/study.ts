import { bars } from "./bars.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { inOrder, readRows, type Rows } from "./rows.ts";

const COLUMNS = {
  text: ["label", "unit"],
  number: ["value"],
  maybeNumber: ["low", "high"],
} as const;

/**
 * A study's own printed figures as bars from 0, each under its label with its value as printed: what
 * a chapter opens with.
 *
 * ```ts
 * await show(charts.study([{ label: "await in the loop", value: 7.19, unit: "s" }]));
 * ```
 *
 * @param rows the columns label, value and unit (one unit for all). Where the study printed a range,
 * low and high hold it and value is not known.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, for two units, and for a row with neither value nor range.
 */
export function study(rows: Rows, options: ChartOptions = {}): Chart {
  const settled = settle("study", options, {});
  const printed = readRows("study", rows, COLUMNS);
  const figures = printed.map(({ label, value, low, high, unit }) => {
    const range = !Number.isFinite(value);
    if (range && !(Number.isFinite(low) && Number.isFinite(high))) {
      throw new RangeError(`charts.study: "${label}" has no value, and no low and high`);
    }
    const said = range ? `${figure(low)} to ${figure(high)}` : figure(value);
    return { label, from: range ? low : 0, to: range ? high : value, text: `${said} ${unit}` };
  });
  const units = inOrder(printed, "unit");
  if (units.length > 1) {
    throw new RangeError(`charts.study draws one unit; there are ${units.join(", ")}`);
  }
  return chart(
    {
      title: "The study's figures",
      reading: "As they were printed",
      facts: new Map(figures.map(({ label, text }) => [label, text])),
    },
    settled,
    bars(figures, Math.max(...figures.map(({ to }) => to))),
  );
}

/** A printed figure to two decimals (below 1 to three digits), with no zeros that were not printed. */
function figure(value: number): string {
  return String(Number(value >= 1 ? value.toFixed(2) : value.toPrecision(3)));
}
