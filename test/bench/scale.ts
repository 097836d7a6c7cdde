import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ratioInterval } from "../../lib/analysis/interval.ts";
import { keptAlive } from "../../lib/client/library_clients.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { trial } from "../../lib/runners/trial.ts";
import { variant } from "../../lib/runners/variant.ts";
import { pool } from "../../lib/strategies/mod.ts";
import { barePool, pokemon } from "./bare_undici.ts";
import type { Row } from "./table.ts";

const [REQUESTS, EARLY, SLOTS, PAIRS] = [100_000, 20_000, 256, 4];

/**
 * 100,000 requests in one trial: what memory it takes from the 20,000th on, once what can be collected
 * is, as V8 and as the system count it; and its time beside that of bare undici.
 */
export async function scale(): Promise<Row[]> {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  await using origin = await startOrigin({ median: 0, handshake: 0 });
  const paths = pokemon(REQUESTS);
  const way = variant(pool(SLOTS), keptAlive);
  const pass = { origin, paths, seed: 1 };
  const [heap, resident]: number[][] = [[], []];
  let done = 0;
  const onSample = () => {
    if (++done !== EARLY && done !== REQUESTS) return;
    gc();
    const { heapUsed, rss } = Deno.memoryUsage();
    heap.push(heapUsed / 1e6);
    resident.push(rss / 1e6);
  };
  // The first one, in a process that has not grown yet.
  await trial(way, { ...pass, onSample });
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const { makespan } = await trial(way, pass);
    await origin.begin(1);
    ratios.push(makespan / await barePool(origin.url, paths, SLOTS));
    await origin.end();
  }
  const { ratio, low, high } = ratioInterval(ratios, 0.95);
  const what = `pool(${SLOTS}) of 100,000`;
  const grown = ([early, late]: number[], of: string): Row => ({
    what: `${what}, ${of} after the first 20,000, MB`,
    ...{ figure: late - early, low: late - early, high: late - early },
    ...{ goal: "≤ 40", reached: late - early <= 40, beside: `${early.toFixed(0)} MB by then` },
  });
  return [
    grown(heap, "heap"),
    grown(resident, "resident memory"),
    {
      what: `${what} ÷ bare undici`,
      ...{ figure: ratio, low, high, goal: "≤ 1.10", reached: ratio <= 1.1 },
      beside: `${PAIRS} pairs`,
    },
  ];
}
