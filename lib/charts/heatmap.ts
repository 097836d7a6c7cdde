import { above, BOOLEAN, check, STRING } from "../ground/options.ts";
import { capital, digits } from "../ground/words.ts";
import { SPAN } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { embed, groupBy, inOrder, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";

const COLUMNS = { text: ["x", "y"], number: ["value"], maybeText: ["facet"] } as const;

/** What {@link heatmap} can be told. */
export interface HeatmapOptions extends ChartOptions {
  /** What x is. */
  readonly x?: string;
  /** What y is. */
  readonly y?: string;
  /** What the values are, with their unit. */
  readonly value?: string;
  /** Whether values are ratios: then one colour is for below 1, another for above it. */
  readonly ratios?: boolean;
}

/**
 * A value a pair of settings: cells shaded from little to much, each with its figure in it. Ratios
 * are shaded from 1 both ways, by the logarithm.
 *
 * ```ts
 * await show(heatmap(cells, { x: "lanes", y: "pages", value: "time ÷ ours", ratios: true }));
 * ```
 *
 * @param rows the columns x, y and value (x and y in the order in which they first appear), and
 * facet, where there is to be a grid for each of its values.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, for two rows of one cell, and for a ratio that is not above 0.
 */
export function heatmap(rows: Rows, options: HeatmapOptions = {}): Chart {
  const settled = settle("heatmap", options, {
    x: STRING.or("x"),
    y: STRING.or("y"),
    value: STRING.or("value"),
    ratios: BOOLEAN.or(false),
  });
  const { x, y, value } = settled;
  const cells = readRows("heatmap", rows, COLUMNS)
    .filter((cell) => Number.isFinite(cell.value));
  const taken = new Set<string>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.facet, cell.x, cell.y]);
    if (taken.has(key)) {
      throw new RangeError(`charts.heatmap: two rows for the cell ${cell.x}, ${cell.y}`);
    }
    taken.add(key);
  }
  const columns = inOrder(cells, "x"),
    lines = inOrder(cells, "y"),
    facets = inOrder(cells, "facet");
  // As many grids side by side as leave room for a figure in each cell, with none left over.
  const across =
    [4, 3, 2].find((n) => facets.length % n === 0 && (WIDTH - 90) / n / columns.length >= 46) ?? 1;
  const scale = shades(cells.map((cell) => cell.value), settled.ratios);
  const side = (field: string, sort: readonly string[], axis: object) => ({
    field,
    type: "ordinal",
    sort,
    scale: { padding: 0.04 },
    axis: { ticks: false, ...axis },
  });
  const view = {
    width: (WIDTH - 90 - 30 * (across - 1)) / across,
    height: 34 * lines.length,
    encoding: {
      x: side("x", columns, { title: x, labelAngle: 0, orient: "bottom" }),
      y: side("y", lines, { title: y }),
    },
    layer: [
      {
        mark: "rect",
        encoding: { color: { field: "value", type: "quantitative", legend: null, scale } },
      },
      {
        mark: { type: "text", style: "lab-cell", fontSize: 12, aria: false },
        encoding: { text: { field: "text" } },
      },
    ],
  };
  const facet = {
    facet: { field: "facet", sort: facets, header: { labelAnchor: "start" } },
    columns: across,
    spacing: 24,
    spec: view,
  };
  const line = (group: typeof cells, name: string) =>
    `${y} ${name}: ${group.map((cell) => `${digits(cell.value)} at ${cell.x}`).join(", ")}`;
  return chart(
    {
      title: `${capital(value)} by ${x} and ${y}`,
      reading: settled.ratios
        ? "Blue is below 1, orange above it"
        : `Shaded from little to much${scale.type === "log" ? ", by the logarithm" : ""}`,
      facts: new Map([...groupBy(cells, "facet")].map(([name, group]) => [
        name,
        [...groupBy(group, "y")].map(([y, own]) => line(own, y)).join("; "),
      ])),
    },
    settled,
    {
      data: embed(cells.map((cell) => ({ ...cell, text: digits(cell.value) })), {
        x: null,
        y: null,
        value: 5,
        text: null,
        ...(facets.length > 1 ? { facet: null } : {}),
      }),
      ...(facets.length > 1 ? facet : view),
    },
  );
}

/** From little to much; ratios as far to either side of 1, so that a shade means as much on both. */
function shades(values: readonly number[], ratios: boolean) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const common = { nice: false, interpolate: "rgb" };
  if (!ratios) {
    const type = least > 0 && most > SPAN * least ? "log" : "linear";
    return { type, domain: [least, most], range: "lab-ramp", ...common };
  }
  check("charts.heatmap", "a ratio", least, above(0));
  const reach = Math.max(most, 1 / least, 1.05);
  return { type: "log", domain: [1 / reach, 1, reach], range: "lab-diverging", ...common };
}
