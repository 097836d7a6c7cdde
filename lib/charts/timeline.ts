import { Kind } from "../ground/options.ts";
import { quantile } from "../ground/quantile.ts";
import { count, duration } from "../ground/words.ts";
import { timeAxis } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { facetBy } from "./facet.ts";
import { decimalsUpTo, requestsOf, spanOf } from "./requests.ts";
import { embed, groupBy, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";

const COLUMNS = {
  text: ["variant"],
  number: ["request", "start_ms", "end_ms", "handshake_ms"],
} as const;

/** What {@link timeline} can be told. */
export interface TimelineOptions extends ChartOptions {
  /** Rows with the columns variant and ideal_ms (trials, or a summary): drawn as a line each. */
  readonly ideals?: Rows;
}

/** Rows, for the check of options; what is in them is looked at when they are read. */
const ROWS = new Kind<Rows>("a frame or an array of records", (value) => typeof value === "object");

/**
 * One bar a request, from its start to its end, a facet a variant on one time axis: one at a time
 * is a staircase, all at once a wall. The part that a connection's set-up took has a colour of its
 * own.
 *
 * ```ts
 * await show(charts.timeline(frames(one).samples, { ideals: frames(one).trials }));
 * ```
 *
 * @param rows samples with the columns variant, request (0, 1, … in the order dispatched), start_ms,
 * end_ms (since the client was opened) and handshake_ms; one trial a variant.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, none that has ended, and for several trials of one variant.
 */
export function timeline(rows: Rows, options: TimelineOptions = {}): Chart {
  const settled = settle("timeline", options, { ideals: ROWS.or(undefined) });
  const ideals = idealsOf(settled.ideals);
  const variants = requestsOf("timeline", rows, COLUMNS);
  const samples = [...variants.values()].flat();
  const shown = [...variants].map(([variant, group]) => {
    const setUp = group.reduce((sum, row) => sum + (row.handshake_ms || 0), 0);
    return { variant, requests: group.length, ...spanOf(group), setUp };
  });
  const last = Math.max(...shown.map(({ end }) => end));
  const most = Math.max(...shown.map(({ requests }) => requests));
  const height = Math.min(120, Math.max(40, most * 9));
  const setUp = shown.some((one) => one.setUp > 0);
  const ms = decimalsUpTo(last);
  const x = timeAxis("time since the beginning", [last], { room: 1 });
  const headers = new Map(
    shown.map(({ variant, end }) => [variant, duration(end) + idealWords(ideals, variant)]),
  );
  return chart(
    {
      title: "Requests over time",
      reading: "One bar a request, numbered from the top" +
        (ideals.size > 0 ? "; the dashed line is the ideal" : ""),
      facts: new Map(shown.map(({ variant, requests, end, busy, setUp: part }) => [
        variant,
        `${count(requests, "request")} in ${duration(end)}${idealWords(ideals, variant)}, ` +
        `on average ${(busy / end).toFixed(1)} in flight` +
        (setUp ? `, ${Math.round(100 * part / busy)} % of their time set-up` : ""),
      ])),
    },
    settled,
    {
      data: embed(samples, {
        variant: null,
        request: 0,
        start_ms: ms,
        end_ms: ms,
        handshake_ms: ms,
      }),
      transform: [{
        calculate: "min(datum.start_ms + (datum.handshake_ms || 0), datum.end_ms)",
        as: "answer_ms",
      }],
      ...facetBy("variant", headers, 14, {
        width: WIDTH - 50,
        height,
        layer: [
          ...(setUp ? [bar("connection set-up", "start_ms", "answer_ms")] : []),
          bar("answer", "answer_ms", "end_ms"),
          ...idealRule(ideals),
        ],
        encoding: {
          x: { ...x.on, field: "start_ms", axis: x.axis },
          y: numbered(most),
        },
      }),
    },
  );

  function bar(part: string, from: string, to: string) {
    return {
      mark: { type: "rule", strokeWidth: thickness(height, most), aria: samples.length <= 200 },
      encoding: {
        x: { field: from, type: "quantitative" },
        x2: { field: to },
        color: partColor(part, setUp, "stroke"),
      },
    };
  }
}

/** Requests from the top, the first and the last with their number. */
export const numbered = (most: number) => ({
  field: "request",
  type: "quantitative",
  scale: { reverse: true, domain: [-0.5, most - 0.5], nice: false },
  axis: {
    title: null,
    values: [...new Set([0, most - 1])],
    labelExpr: "datum.value + 1",
    grid: false,
  },
});

/** Rows of many requests are thinner than a pixel: then bars overlap, so that they can be seen. */
export const thickness = (height: number, most: number) => Math.max(2.5, 0.8 * height / most);

/** The colour of a part of a request, with a legend where there are two. */
export function partColor(part: string, legend: boolean, symbolType: "stroke" | "square") {
  return {
    datum: part,
    scale: { domain: ["connection set-up", "answer"], range: "lab-parts" },
    legend: legend ? { title: null, orient: "top", symbolType, symbolStrokeWidth: 5 } : null,
  };
}

/** How fast each variant could have gone, ms, by name; empty where nothing is known of it. */
type Ideals = ReadonlyMap<string, number>;

/** Reads ideals out of trials or a summary: columns variant and ideal_ms, of several the median. */
function idealsOf(rows: Rows | undefined): Ideals {
  if (rows === undefined) return new Map();
  const known = readRows("timeline", rows, { text: ["variant"], number: ["ideal_ms"] })
    .filter(({ ideal_ms }) => Number.isFinite(ideal_ms));
  const median = (group: typeof known) => quantile(group.map(({ ideal_ms }) => ideal_ms), 0.5);
  return new Map([...groupBy(known, "variant")].map(([name, group]) => [name, median(group)]));
}

/** ", ideal 24.9 s" for a variant whose ideal is known, else "". */
function idealWords(ideals: Ideals, variant: string): string {
  const ideal = ideals.get(variant);
  return ideal === undefined ? "" : `, ideal ${duration(ideal)}`;
}

/** A layer with the ideal as a dashed line in the facet of each variant that has one. */
function idealRule(ideals: Ideals): Record<string, unknown>[] {
  if (ideals.size === 0) return [];
  const byName = JSON.stringify(Object.fromEntries(ideals));
  return [{
    transform: [
      { aggregate: [{ op: "count", as: "rows" }], groupby: ["variant"] },
      { calculate: `${byName}[datum.variant]`, as: "ideal_ms" },
      { filter: "isValid(datum.ideal_ms)" },
    ],
    mark: { type: "rule", style: "lab-rule", strokeDash: [5, 3], strokeWidth: 1.5 },
    encoding: { x: { field: "ideal_ms", type: "quantitative" }, y: null, x2: null, color: null },
  }];
}
