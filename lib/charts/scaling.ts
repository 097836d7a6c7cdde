import { BOOLEAN, STRING } from "../ground/options.ts";
import { capital, digits, plain } from "../ground/words.ts";
import { dataAxis, numberAxis } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { groupBy, readRows, type Rows } from "./rows.ts";
import { plotWidth, seriesPlot } from "./series_plot.ts";

const COLUMNS = {
  text: ["series"],
  number: ["x", "y"],
  maybeNumber: ["low", "high", "ideal"],
} as const;

/** What {@link scaling} can be told. */
export interface ScalingOptions extends ChartOptions {
  /** What x is, with its unit: "requests in flight". */
  readonly x?: string;
  /** What y is, with its unit: "time, ms". */
  readonly y?: string;
  /** Log axes; by default where x spans a factor of 20, and then for y where that does, too. */
  readonly log?: boolean;
}

/**
 * How something grows with something else: a line a series with its name at its end, ticks at the
 * data, intervals, and the ideal as a dashed line. What grows by so much a piece is a straight line
 * on linear axes.
 *
 * ```ts
 * await show(charts.scaling(rows, { x: "requests in flight", y: "time, ms" }));
 * ```
 *
 * @param rows the columns x, y and series; low and high (of y) and ideal where they are known.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, a row without x or y, and one that log axes asked for cannot show.
 */
export function scaling(rows: Rows, options: ScalingOptions = {}): Chart {
  const settled = settle("scaling", options, {
    x: STRING.or("x"),
    y: STRING.or("y"),
    log: BOOLEAN.or(undefined),
  });
  const points = readRows("scaling", rows, COLUMNS);
  const heights = points.flatMap((point) => [point.y, point.low, point.high, point.ideal]);
  for (const { series, x, y } of points) {
    if (Number.isFinite(x + y) && !(settled.log && (x <= 0 || y <= 0))) continue;
    const must = settled.log ? "above 0 on log axes" : "known";
    throw new RangeError(`charts.scaling: x and y must be ${must}, not ${x} and ${y} (${series})`);
  }
  const series = groupBy(points, "series");
  const names = [...series.keys()];
  const xs = points.map((point) => point.x);
  const x = dataAxis(settled.x, xs, plotWidth(names), { log: settled.log, room: 1.15 });
  const y = numberAxis(settled.y, heights, {
    log: settled.log ?? (x.log ? undefined : false),
    room: 1.2,
  });
  const ideals = points.some(({ ideal }) => Number.isFinite(ideal));
  return chart(
    {
      title: `${capital(settled.y)} by ${settled.x}`,
      reading: points.some(({ low }) => Number.isFinite(low))
        ? `With intervals${ideals ? "; the dashed line is the ideal" : ""}`
        : ideals
        ? "The dashed line is the ideal"
        : "A mark is a value; the lines only join them",
      facts: new Map([...series].map(([name, group]) => [
        name,
        group.map(({ x, y, low, high, ideal }) =>
          [
            `${Number.isInteger(y) ? plain(y) : digits(y)} at ${plain(x)}` +
            (low > 0 ? ` (${digits(low)} to ${digits(high)})` : ""),
            ...(ideal > 0 ? [`ideal ${digits(ideal)}`] : []),
          ].join(", ")
        ).join("; "),
      ])),
    },
    settled,
    seriesPlot(points, names, { x, y, height: 300 }),
  );
}
