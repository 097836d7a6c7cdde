import { timeAxis } from "../charts/axes.ts";
import { type Chart, chart, settle } from "../charts/chart.ts";
import { inFlight } from "../charts/in_flight.ts";
import { decimalsUpTo } from "../charts/requests.ts";
import { embed } from "../charts/rows.ts";
import { numbered, partColor, thickness, timeline } from "../charts/timeline.ts";
import { count, duration, integer } from "../ground/words.ts";
import { type Call, inFlightOf, type State } from "./call.ts";
import type { Schedule } from "./schedules.ts";

/** More calls than this are not drawn one by one: that would be megabytes, and thinner than a pixel. */
const MOST = 1_000;
/** What a call may have come to that is no answer: each has a colour of its own. */
const OTHERS: readonly State[] = ["failed", "aborted", "open"];

/** Bars of schedules as rows that charts draw. */
export function barsOf(schedules: readonly Schedule[]) {
  return schedules.flatMap(({ name, bars }) =>
    bars.map(({ start, latency }, request) => ({
      variant: name,
      request,
      start_ms: start,
      end_ms: start + latency,
      handshake_ms: 0,
    }))
  );
}

/**
 * Calls as they ran, a bar each, and under it how many were in flight; where no start is known, how
 * they'd run by each schedule.
 *
 * @param until when the watch ended, ms: what is open is drawn up to there
 */
export function callsChart(
  calls: readonly Call[],
  schedules: readonly Schedule[],
  until: number,
  title: string,
): Chart {
  const [first] = schedules;
  if (first.bars.length === 0) throw new RangeError("no call has ended: there is nothing to draw");
  const ran = first.name === "as it ran";
  if (ran && calls.length <= MOST) return asItRan(calls, until, title);
  const bars = barsOf(ran ? [first] : schedules);
  return calls.length > MOST ? inFlight(bars, { title }) : timeline(bars, { title });
}

/** What of a chart stands in another. */
interface Plot {
  readonly width: number;
  readonly encoding: object;
}

function asItRan(calls: readonly Call[], until: number, title: string): Chart {
  const first = calls.reduce((least, { start }) => Math.min(least, start), Infinity);
  const ends = calls.map(({ start, latency }) => start + (latency || 0));
  const open = calls.some(({ state }) => state === "open") ? [until] : [];
  const last = Math.max(...ends, ...open) - first;
  // What took no time to speak of is two pixels wide, so that it can be seen.
  const least = last / 300;
  const rows = calls.map(({ name, start, latency, blocked, handshake, state }, request) => {
    const start_ms = start - first;
    const end_ms = Number.isNaN(latency) ? last : start_ms + Math.max(latency, least);
    const waited = Math.min(end_ms, start_ms + (blocked || 0));
    const set_up = Math.min(end_ms, waited + (handshake || 0));
    return { call: name, request, start_ms, waited, set_up, end_ms, state };
  });
  const others = OTHERS.filter((state) => rows.some((row) => row.state === state));
  const waits = rows.some(({ start_ms, waited }) => waited > start_ms);
  const setUp = rows.some(({ waited, set_up }) => set_up > waited);
  const { peak } = inFlightOf(calls);
  const height = Math.min(300, Math.max(40, rows.length * 9));
  const thick = thickness(height, rows.length);
  const ms = decimalsUpTo(last);
  const x = timeAxis("time since the first request", [last], { room: 1 });
  const variant = "as it ran";
  const below = inFlight(rows.map((row) => ({ ...row, variant }))) as Chart & { spec: Plot };
  const bar = (from: string, to: string, color: object, strokeWidth = thick) => ({
    mark: { type: "rule", strokeWidth, aria: rows.length <= 200 },
    encoding: {
      x: { ...x.on, field: from, axis: { ...x.axis, title: null } },
      x2: { field: to },
      color,
      tooltip: [{ field: "call" }, { field: "state" }],
    },
  });
  const other = {
    field: "state",
    type: "nominal",
    scale: { domain: ["done", ...OTHERS], range: "lab-variants" },
    legend: {
      title: null,
      orient: "bottom",
      values: others,
      symbolType: "stroke",
      symbolStrokeWidth: 5,
    },
  };
  const only = (state: string) => ({ transform: [{ filter: `datum.state ${state} 'done'` }] });
  return chart(
    {
      title: "Requests over time",
      reading: "Above a bar a request, numbered from the top" +
        (waits ? ", thin where it waited for its turn" : "") + "; below how many were in flight",
      facts: new Map([[
        "",
        [
          `${count(rows.length, "request")} in ${duration(last)}`,
          `at most ${integer(peak)} in flight`,
          ...others.map((state) =>
            `${integer(rows.filter((row) => row.state === state).length)} ${state}`
          ),
        ].join(", "),
      ]]),
    },
    settle("timeline", { title }, {}),
    {
      spacing: 6,
      vconcat: [
        {
          width: below.spec.width,
          height,
          data: embed(rows, {
            call: null,
            request: 0,
            start_ms: ms,
            waited: ms,
            set_up: ms,
            end_ms: ms,
            state: null,
          }),
          encoding: {
            y: numbered(rows.length),
          },
          resolve: { scale: { color: "independent" } },
          layer: [
            bar("start_ms", "waited", partColor("answer", setUp, "stroke"), thick / 4),
            bar("waited", "set_up", partColor("connection set-up", false, "stroke")),
            { ...only("==="), ...bar("set_up", "end_ms", partColor("answer", false, "stroke")) },
            ...(others.length > 0 ? [{ ...only("!=="), ...bar("set_up", "end_ms", other) }] : []),
          ],
        },
        {
          ...below.spec,
          data: below.data,
          height: 60,
          encoding: { ...below.spec.encoding, x: { ...x.on, field: "time_ms", axis: x.axis } },
        },
      ],
    },
  );
}
