import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { inOrder, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";
import { capital, digits } from "../ground/words.ts";

const COLUMNS = { x: "text", y: "text", value: "number" } as const;

/** What {@link heatmap} can be told. */
export interface HeatmapOptions extends ChartOptions {
  /** What x is. */
  readonly x?: string;
  /** What y is. */
  readonly y?: string;
  /** What the values are, with their unit. */
  readonly value?: string;
  /** Shades by the logarithm; by default where the largest is more than 20 times the smallest. */
  readonly log?: boolean;
}

/**
 * A value a pair of settings: cells shaded from little to much, each with its figure in it.
 *
 * `rows` have the columns x, y and value (x and y in the order in which they first appear), and
 * facet, where there is to be a grid for each of its values.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows, and for two rows of one cell.
 */
export function heatmap(rows: Rows, options: HeatmapOptions = {}): Chart {
  checkOptions("heatmap", options, ["x", "y", "value", "log"]);
  const { x = "x", y = "y", value = "value" } = options;
  const cells = readRows("heatmap", rows, COLUMNS, { facet: "text" })
    .filter((cell) => Number.isFinite(cell.value));
  const taken = new Set<string>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.facet, cell.x, cell.y]);
    if (taken.has(key)) {
      throw new RangeError(`charts.heatmap: two rows for the cell ${cell.x}, ${cell.y}`);
    }
    taken.add(key);
  }
  const sorted = cells.toSorted((a, b) => a.value - b.value);
  const least = sorted[0], most = sorted.at(-1)!;
  const log = options.log ?? (least.value > 0 && most.value > 20 * least.value);
  const columns = inOrder(cells, "x"),
    lines = inOrder(cells, "y"),
    facets = inOrder(cells, "facet");
  const where = (cell: typeof least) =>
    [cell.facet, `${x} ${cell.x}`, `${y} ${cell.y}`].filter((part) => part !== "").join(", ");
  // As many grids side by side as leave room for a figure in each cell, with none left over.
  const across =
    [4, 3, 2].find((n) => facets.length % n === 0 && (WIDTH - 90) / n / columns.length >= 46) ?? 1;
  const view = {
    width: (WIDTH - 90 - 30 * (across - 1)) / across,
    height: 34 * lines.length,
    encoding: {
      x: {
        field: "x",
        type: "ordinal",
        sort: columns,
        scale: { padding: 0.04 },
        axis: { title: x, labelAngle: 0, orient: "bottom", ticks: false },
      },
      y: {
        field: "y",
        type: "ordinal",
        sort: lines,
        scale: { padding: 0.04 },
        axis: { title: y, ticks: false },
      },
    },
    layer: [
      {
        mark: { type: "rect" },
        encoding: {
          color: {
            field: "value",
            type: "quantitative",
            scale: {
              type: log ? "log" : "linear",
              domain: [least.value, most.value],
              nice: false,
              range: "lab-ramp",
              interpolate: "rgb",
            },
            legend: null,
          },
        },
      },
      {
        mark: { type: "text", style: "lab-cell", fontSize: 12, aria: false },
        encoding: { text: { field: "text" } },
      },
    ],
  };
  return chart(
    {
      title: capital(
        `${value}: from ${digits(least.value)} (${where(least)}) ` +
          `to ${digits(most.value)} (${where(most)})`,
      ),
      subtitle: `Shaded from little to much${log ? ", by the logarithm" : ""}`,
      description: `${capital(value)} by ${x} and ${y}. ` +
        facets.map((facet) =>
          (facet === "" ? "" : `${facet}: `) +
          lines.map((line) =>
            `${y} ${line}: ` + cells.filter((cell) => cell.facet === facet && cell.y === line)
              .map((cell) => `${cell.x} ${digits(cell.value)}`).join(", ")
          ).join("; ")
        ).join(". ") + ".",
    },
    options,
    {
      data: embed(cells.map((cell) => ({ ...cell, text: digits(cell.value) })), {
        x: null,
        y: null,
        value: 5,
        text: null,
        ...(facets.length > 1 ? { facet: null } : {}),
      }),
      ...(facets.length > 1
        ? {
          facet: {
            field: "facet",
            sort: facets,
            header: { title: null, labelAnchor: "start" },
          },
          columns: across,
          spacing: 24,
          spec: view,
        }
        : view),
    },
  );
}
