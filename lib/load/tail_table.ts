import { refuse } from "../ground/options.ts";
import type { LoadResults } from "./load_blocks.ts";
import { medianOver, reportsOf } from "./load_table.ts";
import { KEEPS_UP } from "./report.ts";

/** How long one server's visitors wait: medians over blocks. */
export interface TailRow {
  readonly server: string;
  readonly planned_per_s: number;
  readonly answered_per_s: number;
  /** The planned rate ÷ what the server reaches in a closed loop. */
  readonly of_closed_loop: number;
  /** From the moment a visitor came; NaN where `left_out` says why. */
  readonly p50_ms: number;
  readonly p99_ms: number;
  /** How much longer the wait becomes with every second of the load; NaN where the server keeps up. */
  readonly growth_ms_per_s: number;
  /** Why a percentile is not there; "" where both are. */
  readonly left_out: string;
}

/** Up to these shares of its closed-loop rate a server's percentiles are its own, not its queue's. */
const MOST = { p50: 0.7, p99: 0.5 };

/**
 * How long visitors wait at each server of an open loop, beside what the server reaches in a closed
 * loop. A percentile is left out where the rate is too near to that (above 70 % for the median, 50 %
 * for p99), or where fewer than 20 answers of a block lie beyond it. Where a server answers less than
 * 98 % of what is asked of it, its queue grows for as long as the load lasts, and so does every
 * percentile: then there is how fast the wait grows.
 *
 * ```ts
 * await show(tailTable(open, closed));
 * ```
 *
 * @param open results with a `rate`
 * @param closed results of the same servers without
 * @throws {RangeError} where either is of the other kind, or a server is not in both
 */
export function tailTable(open: LoadResults, closed: LoadResults): TailRow[] {
  const looped = (results: LoadResults) => results.passes.some((one) => one.report.rate < Infinity);
  if (!looped(open)) refuse("tailTable", "open", "results of loads with a rate", "a closed loop");
  if (looped(closed)) refuse("tailTable", "closed", "results without a rate", "an open loop");
  return open.variants.map((server) => {
    const reports = reportsOf(open, server);
    const median = medianOver(reports);
    const { rate } = reports[0];
    const share = rate / medianOver(reportsOf(closed, server))((one) => one.requestsPerSecond);
    const behind = median((one) => one.answered) < KEEPS_UP;
    const percentiles = { p50: NaN, p99: NaN };
    const reasons: string[] = [];
    for (const name of ["p50", "p99"] as const) {
      const value = median(({ quantiles }) => quantiles[name]);
      if (behind) continue;
      if (share > MOST[name]) {
        reasons.push(`${name}: above ${100 * MOST[name]} % of the closed-loop rate`);
      } else if (Number.isNaN(value)) reasons.push(`${name}: fewer than 20 answers beyond it`);
      else percentiles[name] = value;
    }
    return {
      server,
      planned_per_s: rate,
      answered_per_s: median((one) => one.requestsPerSecond),
      of_closed_loop: share,
      p50_ms: percentiles.p50,
      p99_ms: percentiles.p99,
      growth_ms_per_s: behind ? median((one) => one.growth) : NaN,
      left_out: behind ? "it does not keep up: the wait grows" : reasons.join("; "),
    };
  });
}
