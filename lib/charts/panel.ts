import { duration } from "../ground/words.ts";
import { timeAxis } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { embed } from "./embed.ts";
import { dots, interval, line, ticks, words } from "./layers.ts";
import { inOrder, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";

const COLUMNS = {
  text: ["in_flight", "connections"],
  number: ["time_ms"],
  maybeNumber: ["low_ms", "high_ms", "ideal_ms"],
} as const;

/**
 * Requests in flight × connections: a line for new connections and a line for kept ones, so that
 * what overlap does (along a line) and what reuse does (from line to line) can be told apart.
 *
 * ```ts
 * await show(charts.panel(byOverlapAndReuse(results)));
 * ```
 *
 * @param rows the columns in_flight ("1", "10", "all"), connections ("new", "kept") and time_ms;
 * low_ms and high_ms, where there, are drawn as intervals, ideal_ms as a dash.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, and for a time that a log axis cannot show.
 */
export function panel(rows: Rows, options: ChartOptions = {}): Chart {
  const settled = settle("panel", options, {});
  const cells = readRows("panel", rows, COLUMNS);
  for (const { time_ms, in_flight, connections } of cells) {
    if (time_ms > 0) continue;
    throw new RangeError(`charts.panel: time_ms of ${in_flight}, ${connections}: ${time_ms}`);
  }
  const columns = inOrder(cells, "in_flight");
  const lines = inOrder(cells, "connections");
  const ideals = cells.some(({ ideal_ms }) => ideal_ms > 0);
  const y = timeAxis(
    "time",
    cells.flatMap((cell) => [cell.time_ms, cell.low_ms, cell.high_ms, cell.ideal_ms]),
    { log: true, room: 1.25 },
  );
  const color = {
    field: "connections",
    type: "nominal",
    scale: { domain: lines, range: "lab-parts" },
    legend: null,
  };
  const style = (channel: string, range: readonly unknown[]) => ({
    [channel]: { field: "connections", scale: { domain: lines, range }, legend: null },
  });
  return chart(
    {
      title: "Time by requests in flight and connections",
      reading:
        "How long it takes by how many requests may be in flight, on a new connection each " +
        `or on kept ones; log scale${ideals ? "; a dash is the ideal" : ""}`,
      facts: new Map(lines.map((name) => [
        NAMES[name] ?? name,
        columns.flatMap((column) =>
          cells.filter((cell) => cell.in_flight === column && cell.connections === name)
            .map((cell) =>
              `${column} in flight ${duration(cell.time_ms)}` +
              (cell.low_ms > 0 ? ` (${duration(cell.low_ms)} to ${duration(cell.high_ms)})` : "") +
              (cell.ideal_ms > 0 ? `, ideal ${duration(cell.ideal_ms)}` : "")
            )
        ).join("; "),
      ])),
    },
    settled,
    {
      data: embed(cells.map((cell) => ({ ...cell, text: duration(cell.time_ms) })), {
        in_flight: null,
        connections: null,
        text: null,
        time_ms: 1,
        low_ms: 1,
        high_ms: 1,
        ideal_ms: 1,
      }),
      width: WIDTH - 30,
      height: 280,
      encoding: {
        x: {
          field: "in_flight",
          type: "ordinal",
          sort: columns,
          scale: { type: "point", padding: 0.6 },
          axis: { title: "requests in flight", labelAngle: 0, grid: false },
        },
        y: { ...y.on, field: "time_ms", axis: null },
      },
      layer: [
        line({ color, ...style("strokeDash", lines.map((_, i) => i === 0 ? [6, 4] : [1, 0])) }),
        interval("y", y.on, ["low_ms", "high_ms"], { color }, { strokeWidth: 2 }),
        ...(ideals
          ? [ticks(
            { y: { ...y.on, field: "ideal_ms" } },
            { orient: "horizontal", size: 26 },
            "ideal_ms",
          )]
          : []),
        dots({ color, ...style("shape", ["square", "circle"]) }),
        // Lines fall to the right: what is slower has its figures above it, what is faster below.
        ...lines.map((name, i) =>
          words(
            { text: { field: "text" } },
            i === 0 ? { dx: 8, dy: -10 } : { dx: -8, dy: 16, align: "right" },
            { transform: [{ filter: { field: "connections", equal: name } }] },
          )
        ),
        words({ text: { field: "connections" } }, { dx: -14, align: "right", fontWeight: "bold" }, {
          transform: [{ filter: { field: "in_flight", equal: columns[0] } }],
        }),
      ],
    },
  );
}

const NAMES: Record<string, string | undefined> = {
  new: "A new connection each",
  kept: "Connections kept",
};
