import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { limitRule, type Limits, limitsOf, limitWords } from "./limits.ts";
import { facetBy } from "./facet.ts";
import { groupBy, readRows, type Rows } from "./rows.ts";
import { embed } from "./embed.ts";
import { WIDTH } from "./theme.ts";
import { timeAxis } from "./time_axis.ts";
import { capital, count, counts, duration, list, telling } from "../ground/words.ts";

const COLUMNS = {
  variant: "text",
  request: "number",
  start_ms: "number",
  end_ms: "number",
  handshake_ms: "number",
} as const;

/** What {@link timeline} can be told. */
export interface TimelineOptions extends ChartOptions {
  /** Rows with the columns variant and ideal_ms (trials, or a summary): drawn as a line each. */
  readonly limits?: Rows;
}

/**
 * One bar a request, from its start to its end, a facet a variant on one time axis: one at a time
 * is a staircase, all at once a wall. The part that a connection's set-up took is shaded apart.
 *
 * `rows` are samples with the columns variant, request (0, 1, … in the order dispatched), start_ms,
 * end_ms (since the client was opened) and handshake_ms; one trial a variant.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows, none that has ended, and for several trials of one variant.
 */
export function timeline(rows: Rows, options: TimelineOptions = {}): Chart {
  checkOptions("timeline", options, ["limits"]);
  const limits: Limits = limitsOf("timeline", options.limits);
  const samples = readRows("timeline", rows, COLUMNS)
    .filter((row) => Number.isFinite(row.start_ms) && Number.isFinite(row.end_ms));
  const variants = groupBy(samples, "variant");
  someEnded("timeline", samples);
  for (const [variant, group] of variants) oneTrial("timeline", variant, group);
  const facts = [...variants].map(([variant, group]) => ({
    variant,
    requests: group.length,
    end: group.reduce((latest, row) => Math.max(latest, row.end_ms), 0),
    handshake: group.reduce((sum, row) => sum + (row.handshake_ms || 0), 0),
    busy: group.reduce((sum, row) => sum + row.end_ms - row.start_ms, 0),
  }));
  const last = Math.max(...facts.map(({ end }) => end));
  const most = Math.max(...facts.map(({ requests }) => requests));
  const height = Math.min(120, Math.max(40, most * 9));
  // Rows of many requests are thinner than a pixel: then bars overlap, so that they can be seen.
  const thickness = Math.max(2.5, 0.8 * height / most);
  const setUp = facts.some(({ handshake }) => handshake > 0);
  const headers = new Map(facts.map(({ variant, end }) => [
    variant,
    duration(end) + limitWords(limits, variant),
  ]));
  const took = telling(facts, ({ end }) => end);
  const decimals = last > 2000 ? 0 : last > 200 ? 1 : 2;
  return chart(
    {
      title: capital(
        `${counts(facts.map(({ requests }) => requests), "request")} took ` +
          list(took.map(({ variant, end }) => `${duration(end)} with ${variant}`)),
      ),
      subtitle: "One bar a request, the first at the top" +
        (setUp ? "; the set-up of its connection is shaded apart" : "") +
        (limits.size > 0 ? "; the dashed line is the limit" : ""),
      description: "Timeline, one bar a request. " +
        facts.map(({ variant, ...of }) =>
          `${variant}: ${count(of.requests, "request")} in ${duration(of.end)}` +
          `${limitWords(limits, variant)}, on average ${(of.busy / of.end).toFixed(1)} in flight` +
          (setUp ? `, ${Math.round(100 * of.handshake / of.busy)} % of their time set-up` : "")
        ).join(". ") + ".",
    },
    options,
    {
      data: embed(samples, {
        variant: null,
        request: 0,
        start_ms: decimals,
        end_ms: decimals,
        handshake_ms: decimals,
      }),
      transform: [
        {
          calculate: "min(datum.start_ms + (datum.handshake_ms || 0), datum.end_ms)",
          as: "answer_ms",
        },
      ],
      ...facetBy("variant", headers, 14),
      spec: {
        width: WIDTH - 50,
        height,
        layer: [
          ...(setUp ? [bar("connection set-up", "start_ms", "answer_ms")] : []),
          bar("answer", "answer_ms", "end_ms"),
          ...limitRule(limits),
        ],
        encoding: {
          x: {
            field: "start_ms",
            type: "quantitative",
            scale: { domain: [0, last], nice: false },
            axis: timeAxis("time since the client was opened", last, { tickCount: 6 }),
          },
          y: {
            field: "request",
            type: "quantitative",
            scale: { reverse: true, domain: [-0.5, most - 0.5], nice: false },
            axis: { title: null, values: [0, most - 1], labelExpr: "datum.value + 1", grid: false },
          },
        },
      },
    },
  );

  function bar(part: string, from: string, to: string) {
    return {
      mark: { type: "rule", strokeWidth: thickness, aria: samples.length <= 200 },
      encoding: {
        x: { field: from, type: "quantitative" },
        x2: { field: to },
        color: {
          datum: part,
          scale: { domain: ["connection set-up", "answer"], range: "lab-parts" },
          legend: setUp
            ? { title: null, orient: "top", symbolType: "stroke", symbolStrokeWidth: 5 }
            : null,
        },
      },
    };
  }
}

/** Without a request that has a start and an end there is no time to draw. */
export function someEnded(name: string, samples: readonly unknown[]): void {
  if (samples.length > 0) return;
  throw new RangeError(`charts.${name} has no request with a start_ms and an end_ms to draw`);
}

/** A chart of requests over time is of one trial: several would lie over each other. */
export function oneTrial(
  name: string,
  variant: string,
  group: readonly { readonly request: number }[],
): void {
  const requests = new Set(group.map(({ request }) => request));
  if (requests.size === group.length) return;
  throw new RangeError(
    `charts.${name} draws one trial a variant, and "${variant}" has several: ` +
      `${group.length} rows, ${requests.size} requests; filter the rows to one block`,
  );
}
