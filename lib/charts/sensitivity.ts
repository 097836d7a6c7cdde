import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { endLabels, roomFor } from "./labels.ts";
import { groupBy, inOrder, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";
import { logScale } from "./time_axis.ts";
import { capital, digits, plain } from "../ground/words.ts";

const COLUMNS = { parameter: "text", x: "number", series: "text", ratio: "number" } as const;
const HEIGHT = 170;

/**
 * A headline redrawn over a parameter: a line a series with its name at its end, a line at 1, and the
 * value that the headline was made with as a dashed line. A plot a parameter.
 *
 * `rows` have the columns parameter (with its unit: "handshake h, ms"), x, series and ratio; default,
 * where there, is the parameter's value in the headline.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows, and for a ratio that is not above 0.
 */
export function sensitivity(rows: Rows, options: ChartOptions = {}): Chart {
  checkOptions("sensitivity", options);
  const points = readRows("sensitivity", rows, COLUMNS, { default: "number" });
  for (const { parameter, x, ratio } of points) {
    if (ratio > 0) continue;
    throw new RangeError(`charts.sensitivity: ratio at ${parameter} ${x}: ${ratio}`);
  }
  const names = inOrder(points, "series");
  const ratios = points.map(({ ratio }) => ratio);
  const { scale, values } = logScale(Math.min(...ratios, 1), Math.max(...ratios, 1), 1.15, 2);
  const [bottom, top] = scale.domain.map(Math.log);
  const parameters = [...groupBy(points, "parameter")];
  const spans = parameters.flatMap(([parameter, group]) =>
    [...groupBy(group, "series")].map(([series, line]) => {
      const sorted = line.toSorted((a, b) => a.x - b.x);
      return { parameter, series, from: sorted[0], to: sorted.at(-1)! };
    })
  );
  const widest = spans.toSorted((a, b) => reach(b) - reach(a))[0];
  return chart(
    {
      title: `Over ${widest.parameter.split(",")[0]} from ${plain(widest.from.x)} to ` +
        `${plain(widest.to.x)}, ${widest.series} goes from ${digits(widest.from.ratio)} to ` +
        `${digits(widest.to.ratio)} of the baseline's time`,
      subtitle: "Ratios of the limits, computed, not run; log scale" +
        (points.some((point) => Number.isFinite(point.default))
          ? ". The dashed line is the value used"
          : ""),
      description: "The headline over its parameters, from limits. " +
        spans.map((span) =>
          `${capital(span.parameter)} from ${plain(span.from.x)} to ${plain(span.to.x)}: ` +
          `${span.series} from ${digits(span.from.ratio)} to ${digits(span.to.ratio)}`
        ).join(". ") + ".",
    },
    options,
    {
      vconcat: parameters.map(([parameter, group]) => plot(parameter, group)),
      spacing: 18,
    },
  );

  function plot(parameter: string, group: typeof points) {
    const ends = [...groupBy(group, "series").values()].map((line) =>
      line.toSorted((a, b) => a.x - b.x).at(-1)!
    );
    const place = ({ ratio }: typeof ends[number]) =>
      HEIGHT * (top - Math.log(ratio)) / (top - bottom);
    const used = group.map((point) => point.default).find(Number.isFinite);
    const xs = group.map(({ x }) => x);
    const [from, to] = [Math.min(...xs), Math.max(...xs)];
    const log = from > 0 && to > 20 * from ? logScale(from, to, 1) : null;
    const x = {
      field: "x",
      type: "quantitative",
      scale: log?.scale ?? { domain: [from, to], nice: false },
    } as const;
    const color = {
      field: "series",
      type: "nominal",
      scale: { domain: names, range: "lab-variants" },
      legend: null,
    } as const;
    return {
      data: embed(group, { x: 4, series: null, ratio: 5 }),
      width: Math.max(240, WIDTH - 60 - roomFor(names)),
      height: HEIGHT,
      encoding: {
        x: {
          ...x,
          axis: log === null
            ? { title: parameter, tickCount: 6 }
            : { title: `${parameter} (log)`, values: log.values },
        },
      },
      layer: [
        {
          data: ONCE,
          mark: { type: "rule", style: "lab-rule", strokeWidth: 1, aria: false },
          encoding: { x: null, y: { datum: 1, type: "quantitative", scale } },
        },
        ...(used === undefined ? [] : [{
          data: { values: [{ x: used }] },
          mark: { type: "rule", style: "lab-rule", strokeDash: [5, 4], aria: false },
          encoding: { x },
        }]),
        {
          mark: { type: "line", strokeWidth: 2, point: { size: 40 }, aria: false },
          encoding: {
            y: {
              field: "ratio",
              type: "quantitative",
              scale,
              axis: { title: "÷ the baseline's", values, labelExpr: "format(datum.value, '~g')" },
            },
            color,
            shape: { field: "series", scale: { domain: names, range: SHAPES }, legend: null },
          },
        },
        endLabels(ends, place, HEIGHT, x),
      ],
    };
  }
}

/** A constant mark is drawn once a row: so it has one. */
const ONCE = { values: [{}] };

const SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"];

/** By what factor a line moves. */
function reach({ from, to }: { from: { ratio: number }; to: { ratio: number } }): number {
  return Math.abs(Math.log(to.ratio / from.ratio));
}
