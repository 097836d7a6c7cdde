import { ratioInterval } from "../../lib/analysis/interval.ts";
import { quantile } from "../../lib/ground/quantile.ts";
import { keptAlive } from "../../lib/client/library_clients.ts";
import { random } from "../../lib/ground/random.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { trial } from "../../lib/runners/trial.ts";
import { variant } from "../../lib/runners/variant.ts";
import { concurrent } from "../../lib/strategies/mod.ts";
import { barePool, pokemon } from "./bare_undici.ts";
import type { Row } from "./table.ts";

const PAIRS = 40;
const paths = pokemon(898);

/** What the lab's client adds to undici where nothing else takes time, as a ratio of makespans. */
export async function overhead(): Promise<Row[]> {
  await using origin = await startOrigin({ median: 0, handshake: 0 });
  const lab = variant(concurrent, keptAlive);
  const next = random(1);
  const [ratios, difference, ours, theirs] = [[], [], [], []] as number[][];
  for (let pair = -5; pair < PAIRS; pair++) {
    const runs = {
      lab: async () => (await trial(lab, { origin, paths, seed: 1 })).makespan,
      bare: async () => {
        await origin.begin(1);
        const took = await barePool(origin.url, paths, paths.length);
        await origin.end();
        return took;
      },
    };
    const took = { lab: NaN, bare: NaN };
    const order = next() < 0.5 ? ["lab", "bare"] as const : ["bare", "lab"] as const;
    for (const which of order) took[which] = await runs[which]();
    // The first few warm both up.
    if (pair < 0) continue;
    ratios.push(took.lab / took.bare);
    difference.push((took.lab - took.bare) / paths.length);
    ours.push(took.lab);
    theirs.push(took.bare);
  }
  const { ratio, low, high } = ratioInterval(ratios, 0.95);
  const [lab50, bare50] = [quantile(ours, 0.5), quantile(theirs, 0.5)];
  return [{
    what: `lab ÷ bare undici, 898 at once, zero latency, ${PAIRS} pairs`,
    ...{ figure: ratio, low, high, goal: "≤ 1.05", reached: ratio <= 1.05 },
    beside: `medians ${lab50.toFixed(0)} and ${bare50.toFixed(0)} ms; ` +
      `${(1000 * quantile(difference, 0.5)).toFixed(1)} µs a request`,
  }];
}
