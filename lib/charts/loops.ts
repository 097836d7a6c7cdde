import { count, duration } from "../ground/words.ts";
import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { facetBy } from "./facet.ts";
import { COLUMNS, type Latencies, type Loop, loopSchedules } from "./loop_schedule.ts";
import { readRows, type Rows } from "./rows.ts";
import { someEnded } from "./timeline.ts";
import { TEXT, WIDTH } from "./theme.ts";

/** What {@link loops} has to be told. */
export interface LoopsOptions extends ChartOptions {
  /** The variants in the order of their panels, such as an experiment was given. */
  readonly variants: readonly Loop[];
  /** The origin's `config`: set-up of a connection and median answer, ms, where the sliders start. */
  readonly config: Latencies;
  /** Where the slider for the number of requests starts; by default at all of them. */
  readonly requests?: number;
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
 * await show(charts.loops(sampleFrame(trials), { variants, config: origin.config }));
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
  checkOptions("loops", options, ["variants", "config", "requests"]);
  const samples = readRows("loops", rows, COLUMNS);
  someEnded("loops", samples);
  const { variants, config } = options;
  const { panels, handshake, median, requests, most } = loopSchedules(
    samples,
    variants,
    config,
    options.requests,
  );
  const asRun = `(handshake === ${handshake} && median === ${median})`;
  const inOrder = { sort: [{ field: "nth" }], groupby: ["variant"], frame: [null, 0] };
  const facts = new Map(panels.map(({ name, measured }) => [name, `took ${duration(measured)}`]));
  const slider = (name: string, value: number, low: number, high: number, label: string) => ({
    name,
    value,
    bind: { input: "range", min: low, max: high, step: 1, name: label },
  });
  return chart(
    {
      title: `The same ${count(requests, "request")} by ${count(panels.length, "loop")}`,
      subtitle: "A bar is a request, the first at the top. Bars are the ideal of each loop; the " +
        "small ticks are where the requests ended when the loop ran.",
      description: `The same ${count(requests, "request")} by each loop, one bar a request. ` +
        panels.map(({ name, ideal, measured }) =>
          `${name}: took ${duration(measured)}, ideal ${duration(ideal)}`
        ).join(". ") +
        `. Set-up of a connection ${duration(handshake)}, median answer ${duration(median)}.`,
    },
    options,
    {
      params: [
        slider("handshake", handshake, 0, slack(handshake, 200), "set-up of a connection, ms "),
        slider("median", median, 1, slack(median, 100), "median answer, ms "),
        slider("requests", requests, 1, most, "requests "),
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
      ],
      ...facetBy("variant", facts, 16),
      spec: {
        width: WIDTH - 106,
        height: 104,
        encoding: {
          y: {
            field: "nth",
            type: "ordinal",
            scale: { paddingInner: 0.15, paddingOuter: 0.1 },
            axis: {
              title: null,
              labelExpr: "datum.value === 1 || datum.value === requests ? datum.value : ''",
              ticks: false,
              labelOverlap: false,
            },
          },
        },
        layer: [
          bar("connection set-up", "start", "set"),
          bar("answer", "set", "end"),
          {
            transform: [{ calculate: `${asRun} ? datum.end_ms : datum.end`, as: "ended" }],
            mark: {
              ...{ type: "tick", style: "lab-rule", orient: "vertical", aria: false },
              ...{ thickness: 1.5, bandSize: 6, opacity: { expr: `${asRun} ? 1 : 0` } },
            },
            encoding: { x: { field: "ended", type: "quantitative" } },
          },
          {
            transform: [
              {
                aggregate: [{ op: "max", field: "end", as: "end" }, {
                  op: "max",
                  field: "nth",
                  as: "nth",
                }],
                groupby: ["variant"],
              },
              { calculate: SAID, as: "said" },
            ],
            mark: { ...TEXT, align: "left", dx: 8, fontWeight: "bold" },
            encoding: { x: { field: "end", type: "quantitative" }, text: { field: "said" } },
          },
        ],
      },
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
          axis: {
            title: "time since the client was opened, ms",
            tickCount: 6,
            labelExpr: "format(datum.value, ',')",
          },
        },
        x2: { field: to },
        color: {
          datum: part,
          scale: { domain: ["connection set-up", "answer"], range: "lab-parts" },
          legend: { title: null, orient: "top", symbolType: "square" },
        },
      },
    };
  }
}

/** A schedule's end in words, as far as Vega can say it. */
const SAID = "'ideal ' + (datum.end < 999.5 ? format(datum.end, '.0f') + ' ms' : " +
  "format(datum.end / 1000, '.2f') + ' s')";

/** How far a slider goes: to a round number at least twice its start. */
function slack(value: number, least: number): number {
  return Math.max(least, 50 * Math.ceil(value / 25));
}
