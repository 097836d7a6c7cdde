/** What a trial of many requests takes, beside the client alone. */
// Runs alone: it measures time.
import { assert } from "@std/assert";
import { keptAlive } from "../../lib/client/library_clients.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { trial } from "../../lib/runners/trial.ts";
import { variant } from "../../lib/runners/variant.ts";
import { pool } from "../../lib/strategies/mod.ts";
import { barePool, pokemon } from "../bench/bare_undici.ts";

Deno.test("many requests: within 1.1 times of what bare undici takes, at best", async () => {
  await using origin = await startOrigin({ median: 0, handshake: 0 });
  const paths = pokemon(10_000);
  const [lab, bare]: number[][] = [[], []];
  // In turn, so that both meet the same machine; a pair that something else disturbs is followed by
  // another.
  const slow = () => !(Math.min(...lab) < 1.1 * Math.min(...bare));
  for (let pair = 0; pair < 10 && slow(); pair++) {
    lab.push((await trial(variant(pool(256), keptAlive), { origin, paths, seed: 1 })).makespan);
    await origin.begin(1);
    bare.push(await barePool(origin.url, paths, 256));
    await origin.end();
  }
  assert(!slow(), `${lab} ms, bare ${bare} ms`);
});
