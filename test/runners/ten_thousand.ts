/** All of 10,000 requests at once, then ten: says what came of either. */
import { keptAlive } from "../../lib/client/library_clients.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { trial } from "../../lib/runners/trial.ts";
import { variant } from "../../lib/runners/variant.ts";
import { concurrent } from "../../lib/strategies/mod.ts";
import { pokemon } from "../bench/bare_undici.ts";

await using origin = await startOrigin({ handshake: 0 });
for (const requests of [10_000, 10]) {
  // However long a slow machine takes for as many.
  const pass = { origin, paths: pokemon(requests), seed: 1, deadline: 3_600_000 };
  const said = await trial(variant(concurrent, keptAlive), pass)
    .then(({ results }) => `${results.length} answers`, (error) => error.message);
  console.log(said);
}
