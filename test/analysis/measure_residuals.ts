/**
 * Measures the noise that the simulations resample, on this machine:
 * `deno run -A test/analysis/measure_residuals.ts > test/analysis/residuals.csv`
 * One row a trial: block, variant, makespan and limit, ms. Takes about two minutes.
 */
import { trialFrame } from "../../lib/analysis/frames.ts";
import { fresh, keptAlive } from "../../lib/client/library_clients.ts";
import { experiment } from "../../lib/experiment/experiment.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { variant } from "../../lib/runners/variant.ts";
import { concurrent, naiveAwaitInLoop, pool } from "../../lib/strategies/mod.ts";

await using origin = await startOrigin({ median: 10, handshake: 20 });
const variants = [
  variant(naiveAwaitInLoop, fresh),
  variant(naiveAwaitInLoop, keptAlive),
  variant(pool(5), keptAlive),
  variant(concurrent, keptAlive),
];
const paths = Array.from({ length: 30 }, (_, i) => `/api/v2/pokemon/${i + 1}`);
const results = await experiment({ origin, variants, paths, blocks: 60 });
if (results.faults.length > 0) throw new Error(results.faults.join("\n"));
const frame = trialFrame(results.passes.filter(({ variant }) => variant !== results.twin.name));
console.log("block,variant,time_ms,ideal_ms");
for (const row of frame.toRecords()) {
  const [time, ideal] = [row.time_ms, row.ideal_ms].map((ms) => Number(ms).toFixed(3));
  console.log([row.block, row.variant, time, ideal].join());
}
