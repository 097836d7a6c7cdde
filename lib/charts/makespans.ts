import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { quantile } from "../ground/quantile.ts";
import { facetBy } from "./facet.ts";
import { groupBy, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";
import { logScale, timeAxis } from "./time_axis.ts";
import { capital, counts, duration } from "../ground/words.ts";

const COLUMNS = {
  variant: "text",
  block: "number",
  time_ms: "number",
  ideal_ms: "number",
} as const;

/** What {@link makespans} can be told. */
export interface MakespansOptions extends ChartOptions {
  /** A log axis; by default where the longest is more than 8 times the shortest. */
  readonly log?: boolean;
}

/**
 * A dot a trial, its median as a bar, and below each the limit of the same draws: how long every
 * variant took, and how much of that it had to.
 *
 * `rows` are trials with the columns variant, block, time_ms and ideal_ms. What was computed and
 * not run has a limit only: its makespan is not known.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows, and for none with a makespan.
 */
export function makespans(rows: Rows, options: MakespansOptions = {}): Chart {
  checkOptions("makespans", options, ["log"]);
  const trials = readRows("makespans", rows, COLUMNS)
    .filter((row) => Number.isFinite(row.time_ms) || Number.isFinite(row.ideal_ms));
  const variants = groupBy(trials, "variant");
  const facts = [...variants].map(([variant, group]) => ({
    variant,
    trials: group.filter(({ time_ms }) => Number.isFinite(time_ms)).length,
    median: quantile(group.map(({ time_ms }) => time_ms), 0.5),
    limit: quantile(group.map(({ ideal_ms }) => ideal_ms), 0.5),
  }));
  const all = trials.flatMap((row) => [row.time_ms, row.ideal_ms]).filter(Number.isFinite);
  const low = Math.min(...all), high = Math.max(...all);
  const log = options.log ?? high > 8 * low;
  const { scale, values } = log
    ? logScale(low, high, 1.1)
    : { scale: { domain: [0, high * 1.03], nice: false }, values: undefined };
  const run = facts.filter(({ trials }) => trials > 0).sort((a, b) => a.median - b.median);
  if (run.length === 0) throw new RangeError("charts.makespans has no makespan to draw");
  const fastest = run[0], slowest = run.at(-1)!;
  const of = ({ median, limit }: typeof fastest) =>
    [
      ...(Number.isFinite(median) ? [duration(median)] : []),
      ...(Number.isFinite(limit) ? [`limit ${duration(limit)}`] : []),
    ].join(", ");
  const headers = new Map(facts.map((fact) => [fact.variant, of(fact)]));
  const n = counts(run.map((fact) => fact.trials), "trial");
  const x = { type: "quantitative", scale } as const;
  return chart(
    {
      title: `In median, ${fastest.variant} took ${duration(fastest.median)}` +
        (run.length === 1 ? "" : `, ${slowest.variant} ${duration(slowest.median)}`),
      subtitle: `${capital(n)} each: a dot a trial, a bar the median; the small ticks below are ` +
        `the limits of the same draws${log ? "; log scale" : ""}`,
      description: `Makespans, ${n} each; median and limit. ${
        facts.map((fact) => `${fact.variant}: ${of(fact)}`).join(". ")
      }.`,
    },
    options,
    {
      data: embed(trials, { variant: null, time_ms: 1, ideal_ms: 1 }),
      transform: [
        { window: [{ op: "row_number", as: "nth" }], groupby: ["variant"] },
        // Steps of the golden section spread dots evenly, however many there are.
        { calculate: "0.12 + 0.46 * ((datum.nth * 0.618) % 1)", as: "spread" },
      ],
      ...facetBy("variant", headers, 10),
      spec: {
        width: WIDTH - 30,
        height: 34,
        encoding: {
          x: {
            ...x,
            axis: timeAxis(
              `makespan${log ? " (log)" : ""}`,
              high,
              log ? { values } : { tickCount: 6 },
            ),
          },
          y: { type: "quantitative", scale: { domain: [0, 1], reverse: true }, axis: null },
        },
        layer: [
          {
            mark: { type: "tick", style: "lab-rule", orient: "vertical", size: 8, thickness: 1.5 },
            encoding: { x: { ...x, field: "ideal_ms" }, y: { datum: 0.86 } },
          },
          {
            mark: {
              type: "point",
              style: "lab-value",
              shape: "circle",
              filled: true,
              size: 42,
              opacity: 0.65,
            },
            encoding: { x: { ...x, field: "time_ms" }, y: { field: "spread" } },
          },
          {
            mark: { type: "tick", style: "lab-value", orient: "vertical", size: 25, thickness: 3 },
            encoding: {
              x: { ...x, aggregate: "median", field: "time_ms" },
              y: { datum: 0.35 },
            },
          },
        ],
      },
    },
  );
}
