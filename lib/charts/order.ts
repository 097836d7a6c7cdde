import { quantile } from "../ground/quantile.ts";
import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { inOrder, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";
import { timeAxis } from "./time_axis.ts";
import { capital, count, duration, list, plain } from "../ground/words.ts";

const COLUMNS = { variant: "text", time_ms: "number" } as const;

/**
 * How long each run took in the order run: a machine that drifts shows as a slope, a variant that
 * met another machine than the others as a step.
 *
 * `rows` are trials in the order run, with the columns variant and time_ms.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows with a makespan.
 */
export function order(rows: Rows, options: ChartOptions = {}): Chart {
  checkOptions("order", options);
  const runs = readRows("order", rows, COLUMNS)
    .map((row, i) => ({ ...row, run: i + 1 }))
    .filter(({ time_ms }) => Number.isFinite(time_ms));
  if (runs.length === 0) throw new RangeError("charts.order has no makespan to draw");
  const names = inOrder(runs, "variant");
  const most = Math.max(...runs.map(({ time_ms }) => time_ms));
  const median = (some: typeof runs) => quantile(some.map((run) => run.time_ms), 0.5);
  const third = Math.ceil(runs.length / 3);
  const growth = median(runs.slice(-third)) / median(runs.slice(0, third));
  const medians = names.map((name) => {
    const own = runs.filter(({ variant }) => variant === name);
    return `${name} ${duration(median(own))} (${whereOf(own.map(({ run }) => run))})`;
  });
  return chart(
    {
      title: `The last third of the runs took ${plain(Number(growth.toPrecision(3)))} times ` +
        "as long as the first",
      subtitle: `${capital(count(runs.length, "run"))} in the order run, a mark a run`,
      description: `Makespans of ${count(runs.length, "run")} in the order run. The last third ` +
        `took ${plain(Number(growth.toPrecision(3)))} times as long as the first. ` +
        `Medians: ${list(medians)}.`,
    },
    options,
    {
      data: embed(runs, { variant: null, time_ms: 1, run: 0 }),
      width: WIDTH - 70,
      height: 220,
      mark: { type: "point", filled: true, size: 60, opacity: 0.85 },
      encoding: {
        x: {
          field: "run",
          type: "quantitative",
          scale: { domain: [0, runs.length + 1], nice: false },
          axis: { title: "run", grid: false, tickMinStep: 1 },
        },
        y: {
          field: "time_ms",
          type: "quantitative",
          scale: { domain: [0, most * 1.05], nice: false },
          axis: timeAxis("makespan", most, { tickCount: 5 }),
        },
        color: {
          field: "variant",
          type: "nominal",
          scale: { domain: names, range: "lab-variants" },
          // On a phone a row has room for some thirty letters.
          legend: { title: null, orient: "top", columns: names.join("").length > 24 ? 2 : 4 },
        },
        shape: { field: "variant", type: "nominal", scale: { domain: names, range: SHAPES } },
      },
    },
  );
}

const SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"];

/** "runs 1 to 12". */
function whereOf(runs: readonly number[]): string {
  return runs.length === 1 ? `run ${runs[0]}` : `runs ${runs[0]} to ${runs.at(-1)}`;
}
