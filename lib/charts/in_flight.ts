import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { facetBy } from "./facet.ts";
import { groupBy, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";
import { timeAxis } from "./time_axis.ts";
import { oneTrial, someEnded } from "./timeline.ts";
import { count, digits, duration, integer, list, telling } from "../ground/words.ts";

const COLUMNS = {
  variant: "text",
  request: "number",
  start_ms: "number",
  end_ms: "number",
} as const;

/**
 * How many requests are in flight over time: a step area a variant, on one time axis and one count
 * axis, with the peak in words. The areas' sizes are the summed latencies (Little's law).
 *
 * `rows` are samples with the columns variant, request, start_ms and end_ms; one trial a variant.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows, none that has ended, and for several trials of one variant.
 */
export function inFlight(rows: Rows, options: ChartOptions = {}): Chart {
  checkOptions("inFlight", options);
  const samples = readRows("inFlight", rows, COLUMNS)
    .filter((row) => Number.isFinite(row.start_ms) && Number.isFinite(row.end_ms));
  const variants = groupBy(samples, "variant");
  someEnded("inFlight", samples);
  for (const [variant, group] of variants) oneTrial("inFlight", variant, group);
  const last = samples.reduce((latest, { end_ms }) => Math.max(latest, end_ms), 0);
  const facts = [...variants].map(([variant, group]) => {
    const { peak, points } = steps(group, last / 400);
    return {
      variant,
      peak,
      points: points.map((point) => ({ variant, ...point })),
      end: group.reduce((latest, { end_ms }) => Math.max(latest, end_ms), 0),
      mean: group.reduce((sum, row) => sum + row.end_ms - row.start_ms, 0),
    };
  });
  const most = Math.max(...facts.map(({ peak }) => peak));
  const headers = new Map(
    facts.map(({ variant, peak }) => [variant, `${integer(peak)} at its peak`]),
  );
  return chart(
    {
      title: `At its peak, ${
        list(
          telling(facts, ({ peak }) => peak).map(({ variant, peak }, i) =>
            `${variant} had ${i === 0 ? count(peak, "request") + " in flight" : integer(peak)}`
          ),
        )
      }`,
      subtitle: "Requests in flight over time, all on the same two scales",
      description: "Requests in flight over time. " +
        facts.map(({ variant, peak, end, mean }) =>
          `${variant}: at most ${peak} at once, ${digits(mean / end)} on average ` +
          `over ${duration(end)}`
        ).join(". ") + ".",
    },
    options,
    {
      data: embed(facts.flatMap(({ points }) => points), {
        variant: null,
        time_ms: last > 2000 ? 0 : last > 200 ? 1 : 2,
        in_flight: 0,
      }),
      ...facetBy("variant", headers, 14),
      spec: {
        width: WIDTH - 50,
        height: 80,
        mark: {
          type: "area",
          interpolate: "step-after",
          line: { strokeWidth: 1.5, interpolate: "step-after", style: "lab-value" },
          style: "lab-value",
          fillOpacity: 0.55,
        },
        encoding: {
          x: {
            field: "time_ms",
            type: "quantitative",
            scale: { domain: [0, last], nice: false },
            axis: timeAxis("time since the client was opened", last, { tickCount: 6 }),
          },
          y: {
            field: "in_flight",
            type: "quantitative",
            stack: null,
            scale: { domain: [0, most], nice: false },
            axis: { title: null, values: most === 1 ? [0, 1] : [0, most], format: "d" },
          },
        },
      },
    },
  );
}

/**
 * The count after each start and end, and its exact peak (an end goes before a start at the same
 * time). Changes closer than `resolution` ms, less than a pixel, become one point, of their highest.
 */
function steps(
  requests: readonly { readonly start_ms: number; readonly end_ms: number }[],
  resolution: number,
) {
  const changes = requests.flatMap(({ start_ms, end_ms }) => [
    { at: start_ms, by: 1 },
    { at: end_ms, by: -1 },
  ]).sort((a, b) => a.at - b.at || a.by - b.by);
  const points: { time_ms: number; in_flight: number }[] = [];
  const add = (time_ms: number, in_flight: number) => {
    if (points.at(-1)?.in_flight !== in_flight) points.push({ time_ms, in_flight });
  };
  let now = 0, peak = 0;
  for (let i = 0; i < changes.length;) {
    const from = changes[i].at;
    let highest = 0;
    while (i < changes.length && changes[i].at <= from + resolution) {
      now += changes[i++].by;
      highest = Math.max(highest, now);
    }
    if (highest > now) add(from, highest);
    add(from, now);
    peak = Math.max(peak, highest);
  }
  return { peak, points };
}
