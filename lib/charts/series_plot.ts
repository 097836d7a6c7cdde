import type { Axis } from "./axes.ts";
import { colorBy, shapeBy } from "./colors.ts";
import { embed } from "./embed.ts";
import { endLabels, roomFor } from "./labels.ts";
import { dots, interval, line } from "./layers.ts";
import { groupBy } from "./rows.ts";
import { WIDTH } from "./theme.ts";

/** A point of a line; what is not known is NaN. */
export interface Point {
  readonly series: string;
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
  readonly ideal?: number;
}

/** Width of a plot whose lines have these names at their ends. */
export const plotWidth = (names: readonly string[]) => Math.max(240, WIDTH - 70 - roomFor(names));

/**
 * A plot with a line a series and its name at its end; intervals, and ideals as dashed lines, where
 * they are known. `behind` are layers under the lines.
 */
export function seriesPlot(
  points: readonly Point[],
  names: readonly string[],
  { x, y, height, behind = [] }: {
    readonly x: Axis;
    readonly y: Axis;
    readonly height: number;
    readonly behind?: readonly unknown[];
  },
) {
  const color = colorBy("series", names, true);
  const given = (field: "low" | "ideal") => points.some((point) => Number.isFinite(point[field]));
  const last = (group: readonly Point[]) => group.reduce((a, b) => b.x > a.x ? b : a);
  const ends = [...groupBy(points, "series").values()].map(last);
  const along = (field: string) => ({ x: { ...x.on, field: "x" }, y: { ...y.on, field } });
  const [bottom, top] = y.on.scale.domain.map((end) => y.log ? Math.log(end) : end);
  const place = (end: Point) => {
    const at = Number.isFinite(end.y) ? end.y : end.ideal!;
    return height * (top - (y.log ? Math.log(at) : at)) / (top - bottom);
  };
  return {
    data: embed(points, { series: null, x: 4, y: 5, low: 5, high: 5, ideal: 5 }),
    width: plotWidth(names),
    height,
    encoding: { x: { ...x.on, axis: x.axis }, y: { ...y.on, axis: y.axis } },
    layer: [
      ...behind,
      ...(given("ideal")
        ? [line({ ...along("ideal"), color }, { strokeDash: [5, 4], strokeWidth: 1.5 })]
        : []),
      ...(given("low")
        ? [interval("y", y.on, ["low", "high"], { x: along("y").x, color }, { strokeWidth: 2 })]
        : []),
      line({ ...along("y"), color }),
      dots({ ...along("y"), color, shape: shapeBy(color) }, { size: 55 }),
      endLabels(ends, place, height, x.on),
    ],
  };
}
