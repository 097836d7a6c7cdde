import { above, check } from "../ground/options.ts";
import { digits, plain } from "../ground/words.ts";
import { dataAxis, ratioAxis } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { ONCE, reference } from "./layers.ts";
import { groupBy, inOrder, readRows, type Rows } from "./rows.ts";
import { plotWidth, seriesPlot } from "./series_plot.ts";

const COLUMNS = {
  text: ["parameter", "series"],
  number: ["x", "ratio"],
  maybeText: ["baseline"],
  maybeNumber: ["default"],
} as const;

/**
 * A headline redrawn over a parameter: a line a series with its name at its end, a line at 1, and the
 * value that the headline was made with as a dashed line. A plot a parameter.
 *
 * ```ts
 * await show(sensitivity(idealRatiosOver({ variants, over: "handshake", … })));
 * ```
 *
 * @param rows the columns parameter (with its unit: "handshake h, ms"), x, series and ratio; where they
 * are there, baseline says of what it is a ratio, and default is the parameter's value in the headline.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, and for a ratio that is not above 0.
 */
export function sensitivity(rows: Rows, options: ChartOptions = {}): Chart {
  const settled = settle("sensitivity", options, {});
  const points = readRows("sensitivity", rows, COLUMNS);
  for (const { parameter, x, ratio } of points) {
    check("charts.sensitivity", `ratio at ${parameter} ${x}`, ratio, above(0));
  }
  const names = inOrder(points, "series");
  const y = ratioAxis("ratio", points.map(({ ratio }) => ratio), { dense: 2 });
  const parameters = [...groupBy(points, "parameter")];
  const used = points.some((point) => Number.isFinite(point.default));
  return chart(
    {
      title: "The headline over its parameters",
      reading: `Each ideal ÷ ${points[0].baseline || "the baseline"}’s, computed, not run` +
        (used ? ". The dashed line is the value used" : ""),
      facts: new Map(parameters.map(([parameter, group]) => [
        parameter,
        [...groupBy(group, "series")].map(([series, line]) => {
          const [from, to] = [line[0], line.at(-1)!];
          return `${series} from ${digits(from.ratio)} at ${plain(from.x)} ` +
            `to ${digits(to.ratio)} at ${plain(to.x)}`;
        }).join(", "),
      ])),
    },
    settled,
    {
      vconcat: parameters.map(([parameter, group]) => plot(parameter, group)),
      spacing: 18,
    },
  );

  function plot(parameter: string, group: typeof points) {
    const xs = group.map(({ x }) => x);
    const at = group.map((point) => point.default).find(Number.isFinite);
    const x = dataAxis(parameter, xs, plotWidth(names), { from: Math.min(...xs), room: 1 });
    const line = group.map(({ x, series, ratio }) => ({ x, series, y: ratio }));
    return seriesPlot(line, names, {
      x,
      y,
      height: 170,
      behind: [
        reference({ y: { ...y.on, datum: 1 } }, false, { data: ONCE }),
        ...(at === undefined ? [] : [
          reference({ x: { ...x.on, datum: at } }, true, { data: ONCE }),
        ]),
      ],
    });
  }
}
