import { listOf } from "../ground/options.ts";
import { count, duration } from "../ground/words.ts";
import { LABEL } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { facetBy } from "./facet.ts";
import { ticks, words } from "./layers.ts";
import { COLUMNS, LATENCIES, type Latencies, LOOP, type Loop, schedules } from "./loop_schedule.ts";
import { requestsOf } from "./requests.ts";
import { embed, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";
import { partColor } from "./timeline.ts";

/** What {@link loops} has to be told. */
export interface LoopsOptions extends ChartOptions {
  /** The variants in the order of their panels, such as an experiment was given. */
  readonly variants: readonly Loop[];
  /** The origin's `config`: set-up of a connection and median answer, ms, where the sliders start. */
  readonly config: Latencies;
}

/**
 * The same requests by several loops, a panel a loop on one time axis, one bar a request: set-up and
 * answer in two colours. Sliders for the set-up of a connection, the median answer and the number of
 * requests move all panels, by Vega-Lite's `params` alone.
 *
 * Bars are the schedule of the loop, worked out from the draws: one after the other or all at once,
 * each connection's set-up charged, nothing else taking time. So a loop's last bar ends at its ideal.
 * Small ticks show where each request ended when it was measured; they go when a slider for time
 * leaves its place, as what was measured is of that place alone.
 *
 * ```ts
 * await show(charts.loops(frames(trials).samples, { variants, config: origin.config }));
 * ```
 *
 * @param rows samples with the columns variant, request (0, 1, … in the order dispatched), end_ms
 * (since the client was opened) and drawn_ms (the answer's time as the origin drew it; the same for
 * every variant); one trial a variant.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, several trials of one variant, a variant without samples, and
 * one that has neither 1 nor all requests in flight.
 */
export function loops(rows: Rows, options: LoopsOptions): Chart {
  const settled = settle("loops", options, {
    variants: listOf(LOOP),
    config: LATENCIES,
  });
  const samples = requestsOf("loops", rows, COLUMNS);
  const { variants, config: { handshake, median } } = settled;
  const panels = schedules(samples, variants, settled.config);
  const requests = Math.max(...panels.map(({ bars }) => bars.length));
  const asRun = `(handshake === ${handshake} && median === ${median})`;
  const inOrder = { sort: [{ field: "nth" }], groupby: ["variant"], frame: [null, 0] };
  const took = new Map(panels.map(({ name, measured }) => [name, `took ${duration(measured)}`]));
  return chart(
    {
      title: `The same ${count(requests, "request")} by ${count(panels.length, "loop")}`,
      reading: "A bar is a request, the first at the top. Bars are the ideal of each loop; the " +
        "small ticks are where the requests ended when the loop ran",
      facts: new Map(panels.map(({ name, ideal }) => [
        name,
        `${took.get(name)}, ideal ${duration(ideal)}`,
      ])),
      note: `Set-up of a connection ${duration(handshake)}, median answer ${duration(median)}.`,
    },
    settled,
    {
      params: [
        slider("handshake", handshake, 0, reach(handshake, 200), "set-up of a connection, ms "),
        slider("median", median, 1, reach(median, 100), "median answer, ms "),
        slider("requests", requests, 1, requests, "requests "),
      ],
      data: embed(panels.flatMap(({ bars }) => bars), {
        variant: null,
        nth: 0,
        times_median: 6,
        sets_up: 0,
        together: 0,
        end_ms: 1,
      }),
      transform: [
        { filter: "datum.nth <= requests" },
        { calculate: "datum.sets_up * handshake", as: "set_up" },
        { calculate: "datum.set_up + datum.times_median * median", as: "took" },
        { window: [{ op: "sum", field: "took", as: "passed" }], ...inOrder },
        { calculate: "datum.together ? 0 : datum.passed - datum.took", as: "start" },
        { calculate: "datum.start + datum.set_up", as: "set" },
        { calculate: "datum.start + datum.took", as: "end" },
        // Where sliders for time have left their places, ticks hide behind the ends of bars.
        { calculate: `${asRun} ? datum.end_ms : datum.end`, as: "ended" },
      ],
      ...facetBy("variant", took, 16, {
        width: WIDTH - 106,
        height: 104,
        encoding: { y: ROWS },
        layer: [
          bar("connection set-up", "start", "set"),
          bar("answer", "set", "end"),
          ticks({ x: { field: "ended", type: "quantitative" } }, {
            bandSize: 6,
            aria: false,
            opacity: { expr: `${asRun} ? 1 : 0` },
          }),
          words(
            { x: { field: "clear", type: "quantitative" }, text: { field: "said" } },
            { dx: 8, fontWeight: "bold" },
            { transform: LAST },
          ),
        ],
      }),
    },
  );

  function bar(part: string, from: string, to: string) {
    return {
      mark: { type: "bar", aria: requests <= 50 },
      encoding: {
        x: {
          field: from,
          type: "quantitative",
          scale: { nice: false, zero: true },
          axis: { title: "time since the client was opened, ms", tickCount: 6, labelExpr: LABEL },
        },
        x2: { field: to },
        color: partColor(part, true, "square"),
      },
    };
  }
}

/** A row a request, the first and the last with their number. */
const ROWS = {
  field: "nth",
  type: "ordinal",
  scale: { paddingInner: 0.15, paddingOuter: 0.1 },
  axis: {
    title: null,
    ticks: false,
    labelOverlap: false,
    labelExpr: "datum.value === 1 || datum.value === requests ? datum.value : ''",
  },
};

/** Each loop's last end, in words as far as Vega can say it, where neither bar nor tick is. */
const LAST = [
  {
    aggregate: ["end", "ended", "nth"].map((field) => ({ op: "max", field, as: field })),
    groupby: ["variant"],
  },
  { calculate: "max(datum.end, datum.ended)", as: "clear" },
  {
    calculate: "'ideal ' + (datum.end < 999.5 ? format(datum.end, '.0f') + ' ms' : " +
      "format(datum.end / 1000, '.2f') + ' s')",
    as: "said",
  },
];

function slider(name: string, value: number, min: number, max: number, label: string) {
  return { name, value, bind: { input: "range", min, max, step: 1, name: label } };
}

/** How far a slider goes: to a round number at least twice its start. */
function reach(value: number, least: number): number {
  return Math.max(least, 50 * Math.ceil(value / 25));
}
