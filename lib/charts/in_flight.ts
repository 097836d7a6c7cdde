import { digits, duration, integer } from "../ground/words.ts";
import { timeAxis } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { colorBy } from "./colors.ts";
import { facetBy } from "./facet.ts";
import { decimalsUpTo, requestsOf, spanOf } from "./requests.ts";
import { embed, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";

const COLUMNS = { text: ["variant"], number: ["request", "start_ms", "end_ms"] } as const;

/**
 * How many requests are in flight over time: a step area a variant, on one time axis and one count
 * axis, with the peak in words. The areas' sizes are the summed latencies (Little's law).
 *
 * ```ts
 * await show(inFlight(frames(one).samples));
 * ```
 *
 * @param rows samples with the columns variant, request, start_ms and end_ms; one trial a variant.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, none that has ended, and for several trials of one variant.
 */
export function inFlight(rows: Rows, options: ChartOptions = {}): Chart {
  const settled = settle("inFlight", options, {});
  const variants = requestsOf("inFlight", rows, COLUMNS);
  const last = spanOf([...variants.values()].flat()).end;
  const shown = [...variants].map(([variant, group]) => {
    const { end, busy } = spanOf(group);
    return { variant, end, mean: busy / end, ...steps(group, last / 400) };
  });
  const most = Math.max(...shown.map(({ peak }) => peak));
  const x = timeAxis("time since the client was opened", [last], { room: 1 });
  const color = colorBy("variant", [...variants.keys()]);
  const headers = new Map(
    shown.map(({ variant, peak }) => [variant, `${integer(peak)} at its peak`]),
  );
  return chart(
    {
      title: "Requests in flight over time",
      reading: "All on the same two scales",
      facts: new Map(shown.map(({ variant, peak, end, mean }) => [
        variant,
        `at most ${peak} at once, ${digits(mean)} on average over ${duration(end)}`,
      ])),
    },
    settled,
    {
      data: embed(shown.flatMap(({ variant, points }) => points.map((p) => ({ variant, ...p }))), {
        variant: null,
        time_ms: decimalsUpTo(last),
        in_flight: 0,
      }),
      ...facetBy("variant", headers, 14, {
        width: WIDTH - 50,
        height: 80,
        mark: {
          type: "area",
          interpolate: "step-after",
          line: { strokeWidth: 2, interpolate: "step-after" },
          fillOpacity: 0.55,
        },
        encoding: {
          x: { ...x.on, field: "time_ms", axis: x.axis },
          y: {
            field: "in_flight",
            type: "quantitative",
            stack: null,
            scale: { domain: [0, most], nice: false },
            axis: { title: null, values: most === 1 ? [0, 1] : [0, most], format: "d" },
          },
          color,
        },
      }),
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
