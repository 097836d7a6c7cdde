import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { inOrder, readRows, type Rows } from "./rows.ts";
import { TEXT, WIDTH } from "./theme.ts";
import { logScale } from "./time_axis.ts";
import { duration } from "../ground/words.ts";

const COLUMNS = { in_flight: "text", connections: "text", time_ms: "number" } as const;
const OPTIONAL = { low_ms: "number", high_ms: "number", ideal_ms: "number" } as const;

/**
 * Requests in flight × connections: a line for new connections and a line for kept ones, so that
 * what overlap does (along a line) and what reuse does (from line to line) can be told apart.
 *
 * `rows` have the columns in_flight ("1", "10", "all"), connections ("new", "kept") and time_ms;
 * low_ms and high_ms, where there, are drawn as intervals, ideal_ms as a dash.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows, and for a makespan that a log axis cannot show.
 */
export function panel(rows: Rows, options: ChartOptions = {}): Chart {
  checkOptions("panel", options);
  const cells = readRows("panel", rows, COLUMNS, OPTIONAL);
  for (const { time_ms, in_flight, connections } of cells) {
    if (time_ms > 0) continue;
    throw new RangeError(
      `charts.panel: time_ms of ${in_flight}, ${connections}: ${time_ms}`,
    );
  }
  const columns = inOrder(cells, "in_flight");
  const lines = inOrder(cells, "connections");
  const all = cells.flatMap((cell) => [cell.time_ms, cell.low_ms, cell.high_ms, cell.ideal_ms])
    .filter((value) => value > 0);
  const high = Math.max(...all);
  const { scale } = logScale(Math.min(...all), high, 1.25);
  const drawn = cells.map((cell) => {
    const { in_flight, connections, time_ms } = cell;
    const first = in_flight === columns[0], last = in_flight === columns.at(-1);
    // Lines fall to the right: the slower has its label right above, the faster left below.
    const slower = cells.every((other) =>
      other.in_flight !== in_flight || other.time_ms <= time_ms
    );
    return {
      ...cell,
      label: (first ? `${connections}\n` : "") + duration(time_ms),
      place: first ? "before" : `${last ? "after, " : ""}${slower ? "above" : "below"}`,
    };
  });
  const at = (inFlight: string | undefined, connections: string) =>
    cells.find((cell) => cell.in_flight === inFlight && cell.connections === connections)
      ?.time_ms;
  const [from, reuse] = [at(columns[0], "new"), at(columns[0], "kept")];
  const [overlap, both] = [at(columns.at(-1), "new"), at(columns.at(-1), "kept")];
  const corners = columns.length > 1 &&
    [from, reuse, overlap, both].every((corner) => corner !== undefined);
  const limits = cells.some(({ ideal_ms }) => ideal_ms > 0);
  const x = { field: "in_flight", type: "ordinal", sort: columns } as const;
  const y = { type: "quantitative", scale } as const;
  const series = {
    color: {
      field: "connections",
      type: "nominal",
      scale: { domain: lines, range: "lab-variants" },
      legend: null,
    },
  } as const;
  return chart(
    {
      title: corners
        ? `From ${duration(from!)}, kept connections alone lead to ${duration(reuse!)}, ` +
          `overlap alone to ${duration(overlap!)}, both to ${duration(both!)}`
        : "Makespans by requests in flight and connections",
      subtitle: "Makespan by how many requests may be in flight, on a new connection each or on " +
        `kept ones; log scale${limits ? "; a dash is the limit" : ""}`,
      description: "Makespans by requests in flight and connections. " +
        lines.map((line) =>
          `${NAMES[line] ?? line}: ` + columns.flatMap((column) => {
            const cell = cells.find((one) => one.in_flight === column && one.connections === line);
            if (cell === undefined) return [];
            const interval = cell.low_ms > 0
              ? ` [${duration(cell.low_ms)}, ${duration(cell.high_ms)}]`
              : "";
            const limit = cell.ideal_ms > 0 ? `, limit ${duration(cell.ideal_ms)}` : "";
            return [`${column} in flight ${duration(cell.time_ms)}${interval}${limit}`];
          }).join("; ")
        ).join(". ") + ".",
    },
    options,
    {
      data: embed(drawn, {
        in_flight: null,
        connections: null,
        time_ms: 1,
        low_ms: 1,
        high_ms: 1,
        ideal_ms: 1,
        label: null,
        place: null,
      }),
      width: WIDTH - 30,
      height: 280,
      encoding: {
        x: {
          ...x,
          scale: { type: "point", padding: 0.6 },
          axis: { title: "requests in flight", labelAngle: 0, grid: false },
        },
      },
      layer: [
        {
          mark: { type: "line", strokeWidth: 2, aria: false },
          encoding: {
            y: { ...y, field: "time_ms", axis: null },
            strokeDash: {
              field: "connections",
              scale: { domain: lines, range: [[6, 4], [1, 0]] },
              legend: null,
            },
            ...series,
          },
        },
        {
          transform: [{ filter: "isValid(datum.low_ms) && isValid(datum.high_ms)" }],
          mark: { type: "rule", strokeWidth: 2, aria: false },
          encoding: { y: { ...y, field: "low_ms" }, y2: { field: "high_ms" }, ...series },
        },
        ...(limits
          ? [{
            mark: {
              type: "tick",
              style: "lab-rule",
              orient: "horizontal",
              size: 26,
              thickness: 1.5,
            },
            encoding: { y: { ...y, field: "ideal_ms" } },
          }]
          : []),
        {
          mark: { type: "point", filled: true, opacity: 1, size: 80 },
          encoding: {
            y: { ...y, field: "time_ms" },
            shape: {
              field: "connections",
              scale: { domain: lines, range: ["square", "circle"] },
              legend: null,
            },
            ...series,
          },
        },
        ...[...new Set(drawn.map(({ place }) => place))].map((place) => {
          return {
            transform: [{ filter: { field: "place", equal: place } }],
            mark: { ...TEXT, ...PLACES[place], lineBreak: "\n", fontWeight: "bold" },
            encoding: { y: { ...y, field: "time_ms" }, text: { field: "label" } },
          };
        }),
      ],
    },
  );
}

/** Where a label stands, seen from its point. */
const PLACES: Record<string, { align: string; dx: number; dy: number }> = {
  before: { align: "right", dx: -14, dy: -6 },
  above: { align: "left", dx: 8, dy: -10 },
  below: { align: "right", dx: -8, dy: 14 },
  "after, above": { align: "left", dx: 12, dy: -8 },
  "after, below": { align: "left", dx: 12, dy: 10 },
};

const NAMES: Record<string, string | undefined> = {
  new: "a new connection each",
  kept: "connections kept",
};
