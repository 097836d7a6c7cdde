import { holm, ratioInterval } from "../analysis/interval.ts";
import { quantile } from "../ground/quantile.ts";
import { environmentSummary } from "../experiment/environment.ts";
import type { LoadReport } from "./report.ts";
import type { LoadResults } from "./load_blocks.ts";

/** How long one server took for the same load as another. */
export interface LoadEstimate {
  readonly variant: string;
  /** Geometric mean over blocks of its makespan ÷ the baseline's, and its 95 % interval. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** Adjusted over all compared (Holm). */
  readonly p_holm: number;
  /** 1 / ratio: how many times as many requests a second. */
  readonly speed_up: number;
  /** "~" where the data do not separate it from the baseline. */
  readonly verdict: "faster" | "slower" | "~" | "baseline";
  /** The ratio that chance alone reached between a server and its twin. */
  readonly noise_floor: number;
}

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
 * Every server against the baseline, by the makespans of their blocks. One is ranked where its
 * interval clears the twin's and Holm agrees at 5 %; where a run was faulty nothing is.
 *
 * @param baseline a server's name; the first by default
 * @throws {RangeError} for a name that is none of the servers
 */
export function compareLoads(results: LoadResults, baseline = results.servers[0]): LoadEstimate[] {
  const against = (server: string, base: string) => {
    const [ours, theirs] = [reportsOf(results, server), reportsOf(results, base)];
    return ratioInterval(ours.map(({ makespan }, i) => makespan / theirs[i].makespan), 0.95);
  };
  const { low, high } = against(results.twin.name, results.twin.of);
  const floor = Math.max(high, 1 / low, 1);
  reportsOf(results, baseline);
  const others = results.servers.filter((server) => server !== baseline);
  const intervals = others.map((server) => against(server, baseline));
  const adjusted = holm(intervals.map(({ p }) => p));
  return results.servers.map((variant) => {
    const i = others.indexOf(variant);
    if (i < 0) {
      const self = { ratio: 1, low: 1, high: 1, p_holm: 1, speed_up: 1 };
      return { variant, ...self, verdict: "baseline", noise_floor: floor };
    }
    const { ratio, low, high } = intervals[i];
    const clears = high < 1 / floor || low > floor;
    const ranked = clears && adjusted[i] < 0.05 && results.faults.length === 0;
    return {
      ...{ variant, ratio, low, high, p_holm: adjusted[i], speed_up: 1 / ratio },
      verdict: !ranked ? "~" : ratio < 1 ? "faster" : "slower",
      noise_floor: floor,
    };
  });
}

/** What each server came to, a row each, in the order given. */
export function loadTable(results: LoadResults): LoadRow[] {
  return results.servers.map((server) => {
    const reports = reportsOf(results, server);
    const { ratio, low, high } = ratioInterval(reports.map((each) => each.requestsPerSecond), 0.95);
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
export function loadLine({ runs, blocks, seed, twin, environment }: LoadResults): string {
  const sizes = new Set(
    runs.map(({ report: { requests, connections } }) =>
      `${requests} GET, ${connections} at a time`
    ),
  );
  return [
    ...[`${blocks} blocks of ${[...sizes].join(" or ")}`, `order seed ${seed}`],
    ...[`twin of ${twin.of}`, environmentSummary(environment)],
  ].join(" · ");
}

/** One server's reports in the blocks' order. */
function reportsOf(results: LoadResults, server: string): LoadReport[] {
  const found = results.runs.filter((run) => run.server === server)
    .toSorted((a, b) => a.block - b.block).map(({ report }) => report);
  if (found.length > 0) return found;
  throw new RangeError(`no load on "${server}"; there are ${results.servers.join(", ")}`);
}
