import type { Axis } from "./axes.ts";
import { colorBy, shapeBy } from "./colors.ts";
import { dots, interval, line, words } from "./layers.ts";
import { embed, groupBy } from "./rows.ts";
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
 * A plot with a line a series and its name at its end; intervals, and ideals as dashed lines on
 * top, where they are known. `behind` are layers under the lines.
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
  const color = colorBy("series", names, true), detail = { field: "series" };
  const given = (field: "low" | "ideal") => points.some((point) => Number.isFinite(point[field]));
  const last = (group: readonly Point[]) => group.reduce((a, b) => b.x > a.x ? b : a);
  const ends = [...groupBy(points, "series").values()].map(last);
  const along = (field: string) => ({ x: { ...x.on, field: "x" }, y: { ...y.on, field } });
  const [bottom, top] = y.on.scale.domain.map((end) => y.log ? Math.log(end) : end);
  const place = (end: Point) => height * (top - (y.log ? Math.log(end.y) : end.y)) / (top - bottom);
  return {
    data: embed(points, { series: null, x: 4, y: 5, low: 5, high: 5, ideal: 5 }),
    width: plotWidth(names),
    height,
    encoding: { x: { ...x.on, axis: x.axis }, y: { ...y.on, axis: y.axis } },
    layer: [
      ...behind,
      ...(given("low")
        ? [interval("y", y.on, ["low", "high"], { x: along("y").x, color }, { strokeWidth: 2 })]
        : []),
      line({ ...along("y"), color }),
      ...(given("ideal")
        ? [line({ ...along("ideal"), detail }, { style: "lab-rule", strokeDash: [5, 4] })]
        : []),
      dots({ ...along("y"), color, shape: shapeBy(color) }, { size: 55 }),
      endLabels(ends, place, height, x.on),
    ],
  };
}

/**
 * Moves labels apart: places on an axis of pixels, in any order, come back at least `gap` apart and
 * within [0, height], each as near to where it was as that allows.
 */
export function apart(places: readonly number[], gap: number, height: number): number[] {
  const order = places.map((_, i) => i).sort((a, b) => places[a] - places[b]);
  const moved = [...places];
  // Neighbours that are too near form a heap around their common middle; heaps may merge.
  const heaps: { members: number[]; middle: number }[] = [];
  for (const member of order) {
    heaps.push({ members: [member], middle: places[member] });
    while (heaps.length > 1) {
      const [above, below] = heaps.slice(-2);
      const reach = gap * (above.members.length + below.members.length) / 2;
      if (below.middle - above.middle >= reach) break;
      const members = [...above.members, ...below.members];
      const middle = members.reduce((sum, one) => sum + places[one], 0) / members.length;
      heaps.splice(-2, 2, { members, middle });
    }
  }
  for (const { members, middle } of heaps) {
    const half = gap * (members.length - 1) / 2;
    const start = Math.max(0, Math.min(height - 2 * half, middle - half));
    members.forEach((member, i) => moved[member] = start + gap * i);
  }
  return moved;
}

/** A layer of names at the ends of lines: right of x, in plots whose height is known. */
function endLabels(
  ends: readonly Point[],
  place: (end: Point) => number,
  height: number,
  x: Readonly<Record<string, unknown>>,
) {
  const places = apart(ends.map(place), 15, height);
  const values = ends.map(({ x, series }, i) => ({ x, series, place: Math.round(places[i]) }));
  const y = { field: "place", type: "quantitative", scale: null };
  return words(
    { x: { ...x, field: "x" }, y, text: { field: "series" } },
    { dx: 10, fontWeight: "bold" },
    { data: { values } },
  );
}

/** Room that a label of so many letters takes at the right of a plot, px. */
function roomFor(labels: readonly string[]): number {
  return 16 + 7.6 * Math.max(0, ...labels.map((label) => label.length));
}
