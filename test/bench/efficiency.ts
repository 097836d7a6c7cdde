import { idealOf } from "../../lib/analysis/ideal_of.ts";
import { quantile } from "../../lib/ground/quantile.ts";
import { keptAlive } from "../../lib/client/library_clients.ts";
import { selfCheck } from "../../lib/experiment/check.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { trial } from "../../lib/runners/trial.ts";
import { variant } from "../../lib/runners/variant.ts";
import { concurrent, pool } from "../../lib/strategies/mod.ts";
import type { Row } from "./table.ts";

const TRIALS = 20;

/** Order statistics between which lies the median, in 95.9 % of samples of 20 (binomial). */
const [LOW, HIGH] = [6, 15];

const CASES = [
  { strategy: concurrent, requests: 150, goal: 0.90 },
  { strategy: pool(15), requests: 200, goal: 0.95 },
];

/** limit ÷ makespan over cold trials, at the origin's defaults and without set-up. */
export async function efficiency(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, options] of [["defaults", {}], ["h = 0", { handshake: 0 }]] as const) {
    await using origin = await startOrigin(options);
    for (const { strategy, requests, goal } of CASES) {
      const way = variant(strategy, keptAlive);
      const paths = Array.from({ length: requests }, (_, i) => `/api/v2/pokemon/${i + 1}`);
      const [shares, excess] = [[], []] as number[][];
      for (let seed = 0; seed <= TRIALS; seed++) {
        const one = await trial(way, { origin, paths, seed });
        const faults = selfCheck(one, paths);
        if (faults.length > 0) throw new Error(faults.join("; "));
        // The first compiles what the others run.
        if (seed === 0) continue;
        shares.push(idealOf(one) / one.makespan);
        excess.push((one.makespan - idealOf(one)) / requests);
      }
      const sorted = shares.toSorted((a, b) => a - b);
      const median = quantile(shares, 0.5);
      rows.push({
        what: `efficiency of ${strategy.name} over ${requests}, ${name}, ${TRIALS} trials`,
        ...{ figure: median, low: sorted[LOW - 1], high: sorted[HIGH - 1] },
        ...{ goal: `≥ ${goal.toFixed(2)}`, reached: median >= goal },
        beside: `excess ${quantile(excess, 0.5).toFixed(3)} ms a request`,
      });
    }
  }
  return rows;
}
