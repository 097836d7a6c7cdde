import { timeAxis } from "../charts/axes.ts";
import { type Chart, chart, settle } from "../charts/chart.ts";
import { embed } from "../charts/embed.ts";
import { inFlight, steps } from "../charts/in_flight.ts";
import { decimalsUpTo } from "../charts/requests.ts";
import { WIDTH } from "../charts/theme.ts";
import { timeline } from "../charts/timeline.ts";
import { count, duration, integer } from "../ground/words.ts";
import type { Call, State } from "./call.ts";
import type { Schedule } from "./schedules.ts";

/** Each has a colour of its own; the first is what all should be. */
const STATES: readonly State[] = ["done", "failed", "aborted", "open"];

/** More calls than this are not drawn one by one: that would be megabytes, and thinner than a pixel. */
const MOST = 1_000;

/**
 * Calls as they ran, a bar each with its end in a colour of its own where it was no answer, and how
 * many were in flight; where no start is known, how they'd run by each schedule.
 */
export function callsChart(
  calls: readonly Call[],
  schedules: readonly Schedule[],
  until: number,
  title: string,
): Chart {
  const known = calls.filter(({ start }) => Number.isFinite(start));
  if (schedules[0].bars.length === 0) {
    throw new RangeError("there is no call that has ended, so there is nothing to draw");
  }
  const bars = barsOf(schedules);
  if (schedules[0].name !== "as it ran") {
    return calls.length > MOST ? inFlight(bars, { title }) : timeline(bars, { title });
  }
  const asItRan = bars.filter(({ variant }) => variant === "as it ran");
  if (known.length > MOST) return inFlight(asItRan, { title });
  return drawn(known, until, title);
}

/** Bars of all schedules as rows. */
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

function drawn(calls: readonly Call[], until: number, title: string): Chart {
  const first = calls.reduce((least, { start }) => Math.min(least, start), Infinity);
  const ends = calls.map(({ start, latency }) => start + latency).filter(Number.isFinite);
  const open = calls.some(({ latency }) => Number.isNaN(latency)) && until > 0 ? [until] : [];
  const last = Math.max(...ends, ...open, ...calls.map(({ start }) => start)) - first;
  // What took no time to speak of is two pixels wide, so that it can be seen.
  const least = last / 300;
  const rows = calls.map(({ name, start, latency, blocked, state }, request) => {
    const start_ms = start - first;
    const end_ms = Number.isNaN(latency) ? last : start_ms + Math.max(latency, least);
    const waited = Math.min(end_ms, start_ms + (blocked || 0));
    return { call: name, request, start_ms, waited, end_ms, state };
  });
  const states = STATES.filter((state) => rows.some((row) => row.state === state));
  const waits = rows.some(({ waited, start_ms }) => waited > start_ms);
  const height = Math.min(300, Math.max(40, rows.length * 9));
  const thickness = Math.max(2.5, 0.8 * height / rows.length);
  const ms = decimalsUpTo(last);
  const x = timeAxis("time since the first request", [last], { room: 1 });
  const axis = { ...x.axis, title: null };
  const { peak, points } = steps(rows, last / 400);
  const color = {
    field: "state",
    type: "nominal",
    scale: { domain: STATES, range: "lab-variants" },
    legend: states.length > 1
      ? { title: null, orient: "top", values: states, symbolType: "stroke", symbolStrokeWidth: 5 }
      : null,
  };
  const bar = (from: string, to: string, mark: Record<string, unknown>) => ({
    mark: { type: "rule", strokeWidth: thickness, aria: rows.length <= 200, ...mark },
    encoding: {
      x: { ...x.on, field: from, axis },
      x2: { field: to },
      color,
      tooltip: [{ field: "call" }, { field: "state" }],
    },
  });
  return chart(
    {
      title: "Requests over time",
      reading: "Above a bar a request, numbered from the top" +
        (waits ? ", thin where it waited for its turn" : "") +
        "; below how many were in flight",
      facts: new Map([[
        "",
        [
          `${count(rows.length, "request")} in ${duration(last)}`,
          `at most ${integer(peak)} in flight`,
          ...states.filter((state) => state !== "done").map((state) => {
            return `${integer(rows.filter((row) => row.state === state).length)} ${state}`;
          }),
        ].join(", "),
      ]]),
    },
    settle("timeline", { title }, {}),
    {
      spacing: 6,
      vconcat: [
        {
          width: WIDTH - 50,
          height,
          data: embed(rows, {
            call: null,
            request: 0,
            start_ms: ms,
            waited: ms,
            end_ms: ms,
            state: null,
          }),
          encoding: {
            y: {
              field: "request",
              type: "quantitative",
              scale: { reverse: true, domain: [-0.5, rows.length - 0.5], nice: false },
              axis: {
                title: null,
                values: [...new Set([0, rows.length - 1])],
                labelExpr: "datum.value + 1",
                grid: false,
              },
            },
          },
          layer: [
            ...(waits
              ? [bar("start_ms", "waited", { strokeWidth: Math.max(1, thickness / 4) })]
              : []),
            bar("waited", "end_ms", {}),
          ],
        },
        {
          width: WIDTH - 50,
          height: 60,
          data: embed(points, { time_ms: ms, in_flight: 0 }),
          mark: { type: "area", interpolate: "step-after", line: true, fillOpacity: 0.4 },
          encoding: {
            x: { ...x.on, field: "time_ms", axis: x.axis },
            y: {
              field: "in_flight",
              type: "quantitative",
              stack: null,
              scale: { domain: [0, peak], nice: false },
              axis: { title: null, values: [0, peak], format: "d" },
            },
          },
        },
      ],
    },
  );
}
