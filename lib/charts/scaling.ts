import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { endLabels, roomFor } from "./labels.ts";
import { groupBy, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";
import { logScale } from "./time_axis.ts";
import { capital, digits, list, plain } from "../ground/words.ts";

const COLUMNS = { x: "number", y: "number", series: "text" } as const;
const OPTIONAL = { low: "number", high: "number", limit: "number" } as const;

/** What {@link scaling} can be told. */
export interface ScalingOptions extends ChartOptions {
  /** What x is, with its unit: "requests in flight". */
  readonly x?: string;
  /** What y is, with its unit: "makespan, ms". */
  readonly y?: string;
}

const HEIGHT = 300;

/**
 * How something grows with something else: log–log, a line a series with its name at its end,
 * intervals, and the limit as a dashed line.
 *
 * `rows` have the columns x, y and series; low and high (of y) and limit where they are known.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows, and for an x or y that a log axis cannot show.
 */
export function scaling(rows: Rows, options: ScalingOptions = {}): Chart {
  checkOptions("scaling", options, ["x", "y"]);
  const { x = "x", y = "y" } = options;
  const points = readRows("scaling", rows, COLUMNS, OPTIONAL);
  for (const point of points) {
    if (point.x > 0 && (point.y > 0 || point.limit > 0)) continue;
    throw new RangeError(
      `charts.scaling: x and y must be above 0 on log axes; "${point.series}" has ` +
        `x ${point.x}, y ${point.y}`,
    );
  }
  const series = groupBy(points, "series");
  const names = [...series.keys()];
  const tall = points.flatMap((point) => [point.y, point.low, point.high, point.limit])
    .filter((value) => value > 0);
  const across = logScale(...range(points.map((point) => point.x)), 1.15);
  const up = logScale(...range(tall), 1.15);
  const [bottom, top] = up.scale.domain.map(Math.log);
  const limits = points.some(({ limit }) => limit > 0);
  const ends = [...series.values()].map((group) => group.toSorted((a, b) => a.x - b.x).at(-1)!);
  const height = ({ y, limit }: typeof ends[number]) =>
    HEIGHT * (top - Math.log(y > 0 ? y : limit)) / (top - bottom);
  const [left, right] = range(points.map((point) => point.x));
  const changes = [...series].map(([name, group]) => {
    const sorted = group.toSorted((a, b) => a.x - b.x);
    return [name, sorted.at(-1)!.y / sorted[0].y] as const;
  });
  const color = {
    field: "series",
    type: "nominal",
    scale: { domain: names, range: "lab-variants" },
    legend: null,
  } as const;
  const xOf = { field: "x", type: "quantitative", scale: across.scale } as const;
  const yOf = { type: "quantitative", scale: up.scale } as const;
  return chart(
    {
      title: names.length > 4
        ? capital(`${y} by ${x}`)
        : `From ${plain(left)} to ${plain(right)} ${word(x)}, the ${word(y)} goes to ` +
          list(changes.map(([name, factor]) => `${plain(factor)}× with ${name}`)),
      subtitle: "Log scales, with intervals where there are" +
        (limits ? "; the dashed line is the limit" : ""),
      description: `${capital(y)} by ${x}. ` +
        [...series].map(([name, group]) =>
          `${name}: ` + group.map((point) =>
            `${digits(point.y)} at ${plain(point.x)}` +
            (point.low > 0 ? ` [${digits(point.low)}, ${digits(point.high)}]` : "") +
            (point.limit > 0 ? ` (limit ${digits(point.limit)})` : "")
          ).join(", ")
        ).join(". ") + ".",
    },
    options,
    {
      data: embed(points, { x: 4, y: 4, low: 4, high: 4, limit: 4, series: null }),
      width: Math.max(240, WIDTH - 70 - roomFor(names)),
      height: HEIGHT,
      encoding: { x: { ...xOf, axis: { ...AXIS, title: `${x} (log)`, values: across.values } } },
      layer: [
        ...(limits
          ? [{
            transform: [{ filter: "isValid(datum.limit)" }],
            mark: { type: "line", strokeDash: [5, 4], strokeWidth: 1.5, aria: false },
            encoding: { y: { ...yOf, field: "limit" }, color },
          }]
          : []),
        {
          transform: [{ filter: "isValid(datum.low) && isValid(datum.high)" }],
          mark: { type: "rule", strokeWidth: 2, aria: false },
          encoding: { y: { ...yOf, field: "low" }, y2: { field: "high" }, color },
        },
        {
          mark: { type: "line", strokeWidth: 2, aria: false },
          encoding: {
            y: { ...yOf, field: "y", axis: { ...AXIS, title: `${y} (log)`, values: up.values } },
            color,
          },
        },
        {
          mark: { type: "point", filled: true, opacity: 1, size: 60 },
          encoding: {
            y: { ...yOf, field: "y" },
            color,
            shape: { field: "series", scale: { domain: names, range: SHAPES }, legend: null },
          },
        },
        endLabels(ends, height, HEIGHT, xOf),
      ],
    },
  );
}

const AXIS = { labelExpr: "format(datum.value, '~g')" };
const SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"];

/** A quantity without its unit. */
function word(quantity: string): string {
  return quantity.split(",")[0];
}

function range(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
