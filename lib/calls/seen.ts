import defer * as pl from "nodejs-polars";
import { whole } from "../analysis/frames.ts";
import type { Chart } from "../charts/chart.ts";
import { count, digits, duration, integer, list } from "../ground/words.ts";
import { Markdown } from "../show/markdown.ts";
import { SHOW, show } from "../show/show.ts";
import type { ShowOptions } from "../show/words.ts";
import { type Call, inFlightOf } from "./call.ts";
import { barsOf, callsChart } from "./calls_chart.ts";
import { type Schedule, schedulesOf } from "./schedules.ts";

/** Calls, and what is said of where they come from. */
export interface Sighting {
  /** In the order asked for. */
  readonly calls: readonly Call[];
  /** When the watch ended, ms; NaN for calls out of a file. */
  readonly until: number;
  /** Whole sentences that belong under the table: what was left out, how times were read. */
  readonly notes: readonly string[];
  /** What is shown where there is not one call. */
  readonly nothing: string;
}

/**
 * Requests that somebody's own code made, and how else the same answers could have come. `show` shows
 * it whole: how it ran, and the table.
 */
export class Seen {
  /**
   * One row a call, in the order asked for: variant ("as it ran"), request (0, 1, …), call (method and
   * address), start_ms, end_ms, latency_ms, of which answered_ms (until the head of the answer was
   * there), blocked_ms (waiting for its turn) and handshake_ms (opening its connection), status, bytes,
   * state ("done", "failed", "aborted", "open"), connection. NaN for what is not known. What charts of
   * samples draw, they draw of it too.
   */
  readonly calls: pl.DataFrame;
  /**
   * One row a schedule: as it ran (where that is known), one at a time, pools, all at once; time_ms,
   * peak_in_flight, mean_in_flight, and the time's share of the first row's. All but "as it ran" are
   * ideals.
   */
  readonly table: pl.DataFrame;
  /** What the ideals rest on, in sentences. */
  readonly assumption: string;
  readonly #sighting: Sighting;
  readonly #all: readonly Schedule[];

  constructor(sighting: Sighting, pools: readonly number[]) {
    const ended = sighting.calls.filter(({ latency }) => Number.isFinite(latency));
    const all = schedulesOf(ended, pools);
    this.#sighting = sighting;
    this.#all = all;
    this.calls = callFrame(sighting.calls);
    this.table = pl.DataFrame({
      schedule: all.map(({ name }) => name),
      time_ms: all.map(({ time }) => time),
      peak_in_flight: whole("peak_in_flight", all.map(({ peak }) => peak)),
      mean_in_flight: all.map(({ mean }) => mean),
      share: all.map(({ time }) => time / all[0].time),
    });
    this.assumption = assumptionOf(sighting.calls, ended);
  }

  /** One row a schedule and call: variant, request, start_ms, end_ms; `charts.timeline` draws it. */
  get schedules(): pl.DataFrame {
    return pl.DataFrame(barsOf(this.#all));
  }

  /**
   * How it ran: a bar a call, and how many were in flight. Where only durations are known, how the
   * calls would run by each schedule.
   *
   * @throws {RangeError} where there is no call that has ended
   */
  get chart(): Chart {
    const { calls, until } = this.#sighting;
    return callsChart(calls, this.#all, until, titleOf(calls, this.#all));
  }

  /** Shows the chart, and the table under it. */
  async [SHOW](options: ShowOptions): Promise<void> {
    const { calls, notes, nothing } = this.#sighting;
    if (calls.length === 0) return await show(new Markdown(nothing), options);
    if (this.#all[0].bars.length > 0) await show(this.chart);
    const share = `share of ${this.#all[0].name}`;
    await show(this.table, {
      columns: { schedule: "schedule", time_ms: "time", peak_in_flight: "in flight", share },
      caption: [...notes, this.assumption].join(" "),
      ...options,
    });
  }
}

function callFrame(calls: readonly Call[]): pl.DataFrame {
  const column = <T>(take: (call: Call) => T) => calls.map(take);
  const float = (name: string, take: (call: Call) => number) =>
    pl.Series(name, column(take), pl.Float64);
  const text = (name: string, take: (call: Call) => string) =>
    pl.Series(name, column(take), pl.Utf8);
  return pl.DataFrame([
    text("variant", () => "as it ran"),
    whole("request", calls.map((_, i) => i)),
    text("call", ({ name }) => name),
    float("start_ms", ({ start }) => start),
    float("end_ms", ({ start, latency }) => start + latency),
    float("latency_ms", ({ latency }) => latency),
    float("answered_ms", ({ answered }) => answered),
    float("blocked_ms", ({ blocked }) => blocked),
    float("handshake_ms", ({ handshake }) => handshake),
    whole("status", column(({ status }) => status)),
    whole("bytes", column(({ bytes }) => bytes)),
    text("state", ({ state }) => state),
    whole("connection", column(({ connection }) => connection)),
  ]);
}

/** The finding: what it took, and what it could have taken. */
function titleOf(calls: readonly Call[], all: readonly Schedule[]): string {
  const [first] = all;
  const fastest = all.at(-1)!;
  const requests = count(first.bars.length, "request");
  if (first.name !== "as it ran") {
    return `${requests}: ${duration(first.time)} one at a time, ${duration(fastest.time)} all at ` +
      "once, at best";
  }
  const open = calls.length - first.bars.length;
  const left = open === 0 ? "" : `; ${integer(open)} more still open`;
  if (first.bars.length === 1) return `${requests} in ${duration(first.time)}${left}`;
  const how = first.peak === 1 ? "one by one" : `at most ${integer(first.peak)} at once`;
  return `${requests} in ${duration(first.time)}, ${how}; at best ${duration(fastest.time)} all ` +
    `at once, if none needs another’s answer${left}`;
}

/** What the ideals rest on. */
function assumptionOf(calls: readonly Call[], ended: readonly Call[]): string {
  const { peak, mean } = inFlightOf(ended);
  const blocked = ended.reduce((sum, call) => sum + (call.blocked || 0), 0);
  const open = calls.length - ended.length;
  const bad = (["failed", "aborted"] as const).flatMap((state) => {
    const n = calls.filter((call) => call.state === state).length;
    return n === 0 ? [] : [`${integer(n)} ${state}`];
  });
  const measured = peak === 1
    ? " with one in flight"
    : Number.isFinite(peak)
    ? ` with up to ${integer(peak)} in flight (${digits(mean, 2)} on average)`
    : " (how many were in flight then isn’t known)";
  return [
    `${Number.isFinite(peak) ? "All but the first row" : "All rows"} are ideals, worked out ` +
    `without a request: each answer takes as long as it did${measured}. A server that is asked ` +
    "for more at once may take longer, and a request that needs another’s answer has to wait for it.",
    ...(blocked > 0
      ? [`The ${duration(blocked)} that requests waited for their turn are left out.`]
      : []),
    ...(bad.length > 0
      ? [`Of the requests, ${list(bad)}: these count with the time they took.`]
      : []),
    ...(open > 0 ? [`Still open at the end, and left out: ${integer(open)}.`] : []),
  ].join(" ");
}
