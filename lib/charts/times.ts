import { BOOLEAN } from "../ground/options.ts";
import { quantile } from "../ground/quantile.ts";
import { capital, counts, duration } from "../ground/words.ts";
import { timeAxis } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { colorBy } from "./colors.ts";
import { strips } from "./facet.ts";
import { at, dots, STRIP, ticks } from "./layers.ts";
import { embed, groupBy, readRows, type Rows } from "./rows.ts";

const COLUMNS = { text: ["variant"], number: ["block", "time_ms", "ideal_ms"] } as const;

/** What {@link times} can be told. */
export interface TimesOptions extends ChartOptions {
  /** A log axis; by default where the longest is more than 20 times the shortest. */
  readonly log?: boolean;
}

/**
 * How long every variant took, and how much of that it had to: a dot a trial, its median as a bar,
 * and below each the ideal of the same draws.
 *
 * ```ts
 * await show(charts.times(results.trials, { title: "All at once takes a thirtieth of the time" }));
 * ```
 *
 * @param rows trials with the columns variant, block, time_ms and ideal_ms; a trial without a time is
 * left out.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, and for none with a time.
 */
export function times(rows: Rows, options: TimesOptions = {}): Chart {
  const settled = settle("times", options, { log: BOOLEAN.or(undefined) });
  const trials = readRows("times", rows, COLUMNS)
    .filter((row) => Number.isFinite(row.time_ms));
  if (trials.length === 0) throw new RangeError("charts.times has no time to draw");
  const variants = groupBy(trials, "variant");
  const facts = new Map([...variants].map(([variant, group]) => {
    const time = quantile(group.map(({ time_ms }) => time_ms), 0.5);
    const ideal = quantile(group.map(({ ideal_ms }) => ideal_ms), 0.5);
    return [variant, duration(time) + (Number.isFinite(ideal) ? `, ideal ${duration(ideal)}` : "")];
  }));
  const sizes = [...variants.values()].map((group) => group.length);
  const x = timeAxis("time", trials.flatMap((row) => [row.time_ms, row.ideal_ms]), {
    log: settled.log,
  });
  const color = colorBy("variant", [...variants.keys()]);
  const several = Math.max(...sizes) > 1;
  const ideals = trials.some(({ ideal_ms }) => Number.isFinite(ideal_ms));
  return chart(
    {
      title: "Time of each variant",
      reading:
        (several
          ? `${capital(counts(sizes, "trial"))} each: a dot a trial, a bar the median`
          : "One trial each") +
        (ideals ? "; the small ticks are their ideals" : ""),
      facts,
    },
    settled,
    {
      data: embed(trials, { variant: null, time_ms: 1, ideal_ms: 1 }),
      transform: [
        { window: [{ op: "row_number", as: "nth" }], groupby: ["variant"] },
        // Steps of the golden section spread dots evenly, however many there are.
        { calculate: several ? "0.12 + 0.46 * ((datum.nth * 0.618) % 1)" : "0.35", as: "spread" },
      ],
      ...strips(facts, x, 34, [
        ticks({ x: { ...x.on, field: "ideal_ms" }, y: at(0.86) }, { size: 8 }, "ideal_ms"),
        dots(
          { x: { ...x.on, field: "time_ms" }, y: { ...STRIP, field: "spread" }, color },
          { shape: "circle", size: several ? 42 : 80, opacity: several ? 0.65 : 1 },
        ),
        ...(several
          ? [ticks(
            { x: { ...x.on, aggregate: "median", field: "time_ms" }, y: at(0.35), color },
            { size: 25, thickness: 3 },
          )]
          : []),
      ]),
    },
  );
}
