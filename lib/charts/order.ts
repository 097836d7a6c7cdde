import { quantile } from "../ground/quantile.ts";
import { capital, count, duration, plain } from "../ground/words.ts";
import { timeAxis } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { colorBy, shapeBy } from "./colors.ts";
import { dots } from "./layers.ts";
import { embed, groupBy, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";

const COLUMNS = { text: ["variant"], number: ["time_ms"] } as const;

/**
 * How long each run took in the order run: a machine that drifts shows as a slope, a variant that
 * met another machine than the others as a step.
 *
 * ```ts
 * await show(order(frames(trials).trials));
 * ```
 *
 * @param rows trials in the order run, with the columns variant and time_ms.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows with a time.
 */
export function order(rows: Rows, options: ChartOptions = {}): Chart {
  const settled = settle("order", options, {});
  const runs = readRows("order", rows, COLUMNS)
    .map((row, i) => ({ ...row, run: i + 1 }))
    .filter(({ time_ms }) => Number.isFinite(time_ms));
  if (runs.length === 0) throw new RangeError("charts.order has no time to draw");
  const median = (some: typeof runs) => quantile(some.map((run) => run.time_ms), 0.5);
  const third = Math.ceil(runs.length / 3);
  const growth = median(runs.slice(-third)) / median(runs.slice(0, third));
  const variants = groupBy(runs, "variant");
  const names = [...variants.keys()];
  const y = timeAxis("time", runs.map(({ time_ms }) => time_ms), { log: false });
  // On a phone a row has room for some thirty letters.
  const columns = names.join("").length > 24 ? 2 : 4;
  const color = colorBy("variant", names, true);
  const legend = { title: null, orient: "top", columns, values: names };
  return chart(
    {
      title: "Time of each run, in the order run",
      reading: `${capital(count(runs.length, "run"))}, a mark a run`,
      facts: new Map([...variants].map(([name, own]) => {
        const [from, to] = [own[0].run, own.at(-1)!.run];
        const where = from === to ? `run ${from}` : `runs ${from} to ${to}`;
        return [name, `in median ${duration(median(own))}, ${where}`];
      })),
      note:
        `The last third of the runs took ${plain(Number(growth.toPrecision(3)))} times as long ` +
        "as the first.",
    },
    settled,
    {
      data: embed(runs, { variant: null, time_ms: 1, run: 0 }),
      width: WIDTH - 70,
      height: 220,
      ...dots({
        x: {
          field: "run",
          type: "quantitative",
          scale: { domain: [0, runs.length + 1], nice: false },
          axis: { title: "run", grid: false, tickMinStep: 1 },
        },
        y: { ...y.on, field: "time_ms", axis: y.axis },
        color: { ...color, legend },
        shape: { ...shapeBy(color), legend },
      }, { size: 60, opacity: 0.85 }),
    },
  );
}
