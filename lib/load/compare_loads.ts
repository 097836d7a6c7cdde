import { compare, type CompareOptions, type Comparison } from "../analysis/compare.ts";
import { ratioInterval } from "../analysis/interval.ts";
import { trialsOf } from "../analysis/trials_of.ts";
import { environmentSummary } from "../experiment/environment.ts";
import { quantile } from "../ground/quantile.ts";
import type { LoadReport } from "./report.ts";
import type { LoadResults } from "./load_blocks.ts";

/** One server under load: medians over blocks, but for the rate and its interval. */
export interface LoadRow {
  readonly server: string;
  readonly requests_per_s: number;
  readonly low_per_s: number;
  readonly high_per_s: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly max_ms: number;
  readonly sockets: number;
  readonly body_bytes: number;
}

/**
 * Every server against the baseline, and the twin against itself, as `estimate` has them: by the time
 * that each answer took.
 */
export function compareLoads(results: LoadResults, options: CompareOptions = {}): Comparison[] {
  return compare("compareLoads", results, options);
}

/** What each server came to, a row each, in the order given. */
export function loadTable(results: LoadResults): LoadRow[] {
  return results.variants.map((server) => {
    const reports = trialsOf(results, server).map(({ report }) => report);
    const { ratio, low, high } = ratioInterval(reports.map((each) => each.requestsPerSecond));
    const median = (take: (report: LoadReport) => number) => quantile(reports.map(take), 0.5);
    return {
      server,
      ...{ requests_per_s: ratio, low_per_s: low, high_per_s: high },
      p50_ms: median(({ quantiles }) => quantiles.p50),
      p99_ms: median(({ quantiles }) => quantiles.p99),
      max_ms: median(({ quantiles }) => quantiles.max),
      sockets: median(({ sockets }) => sockets),
      body_bytes: median(({ bytes, requests }) => bytes / requests),
    };
  });
}

/** What the load was and what it ran on, in one line: for `show`'s details under a table. */
export function loadLine({ passes, blocks, seed, twin, environment }: LoadResults): string {
  const sizes = new Set(
    passes.map(({ report: { requests, connections } }) =>
      `${requests} GET, ${connections} at a time`
    ),
  );
  return [
    ...[`${blocks} blocks of ${[...sizes].join(" or ")}`, `order seed ${seed}`],
    ...[`twin of ${twin.of}`, environmentSummary(environment)],
  ].join(" · ");
}
