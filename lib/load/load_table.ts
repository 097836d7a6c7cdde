import { checkBlocks } from "../analysis/compare.ts";
import { ratioInterval } from "../analysis/interval.ts";
import { trialsOf } from "../analysis/trials_of.ts";
import { environmentSummary } from "../experiment/environment.ts";
import { quantile } from "../ground/quantile.ts";
import { ceilingOf, type LoadResults } from "./load_blocks.ts";
import type { LoadReport } from "./report.ts";

/** One server in a closed loop: medians over blocks, but for the rates, which are geometric means. */
export interface LoadRow {
  readonly server: string;
  readonly requests_per_s: number;
  /** Its 95 % interval. */
  readonly low_per_s: number;
  readonly high_per_s: number;
  readonly p50_ms: number;
  /** Of what the generator reaches against a server that answers a constant, in the same blocks. */
  readonly of_ceiling: number;
  /** CPU of the generator, in cores. */
  readonly generator_cores: number;
  /** Share of the machine that was busy; NaN where the system does not say. */
  readonly machine_busy: number;
  /** What the rate may say of the generator or the machine instead of the server; "" where nothing. */
  readonly mark: string;
  readonly sockets: number;
  readonly body_bytes: number;
}

/** From this share of the ceiling on a rate may be the generator's. */
const NEAR_CEILING = 0.8;
/** From this share of the machine on, generator and server take each other's time. */
const CROWDED = 0.9;

/**
 * What each server of a closed loop came to, a row each, in the order given.
 *
 * ```ts
 * await show(loadTable(closed));
 * ```
 *
 * @throws {RangeError} where fewer than 2 blocks were measured
 */
export function loadTable(results: LoadResults): LoadRow[] {
  checkBlocks("loadTable", results);
  return results.variants.map((server) => {
    const reports = reportsOf(results, server);
    const { ratio, low, high } = ratioInterval(reports.map((each) => each.requestsPerSecond));
    const median = medianOver(reports);
    const ceiling = ratioInterval(
      reportsOf(results, ceilingOf(reports[0])).map((each) => each.requestsPerSecond),
    );
    const [ofCeiling, busy] = [ratio / ceiling.ratio, median((one) => one.machineBusy)];
    const marks = [
      ...(ofCeiling >= NEAR_CEILING ? ["bounded by the generator"] : []),
      ...(busy >= CROWDED ? ["shares cores"] : []),
    ];
    return {
      server,
      requests_per_s: ratio,
      low_per_s: low,
      high_per_s: high,
      p50_ms: median(({ quantiles }) => quantiles.p50),
      of_ceiling: ofCeiling,
      generator_cores: median((one) => one.generatorCores),
      machine_busy: busy,
      mark: marks.join(", "),
      sockets: median(({ sockets }) => sockets),
      body_bytes: median(({ bytes, requests }) => bytes / requests),
    };
  });
}

/**
 * What the load was and what it ran on, in one line: for `show`'s details under a table.
 *
 * ```ts
 * await show(loadTable(closed), { details: loadLine(closed) });
 * ```
 */
export function loadLine({ passes, blocks, seed, twin, environment }: LoadResults): string {
  const loads = new Set(
    passes.map(({ report: { duration, connections, rate } }) =>
      `${duration / 1000} s of GETs, ` +
      (rate === Infinity ? `${connections} at a time` : `${rate} a second at random`)
    ),
  );
  return [
    ...[`${blocks} blocks of ${[...loads].join(" or ")}`, `order seed ${seed}`],
    ...[`twin of ${twin.of}`, environmentSummary(environment)],
  ].join(" · ");
}

/** The reports on one server. */
export const reportsOf = (results: LoadResults, server: string): LoadReport[] =>
  trialsOf(results, server).map(({ report }) => report);

/** The median over reports of whatever is taken of them; of what is not known, NaN. */
export const medianOver =
  (reports: readonly LoadReport[]) => (take: (report: LoadReport) => number): number =>
    quantile(reports.map(take), 0.5);
