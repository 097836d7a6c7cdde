/** An experiment over real sockets, small: that the parts agree, not how long anything takes. */
import { assert, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { estimate } from "../../lib/analysis/compare.ts";
import { idealOf } from "../../lib/analysis/ideal_of.ts";
import { openResults, saveResults } from "../../lib/record/results_file.ts";
import { blocking } from "../../lib/client/blocking.ts";
import { fresh, keptAlive } from "../../lib/client/library_clients.ts";
import { experiment } from "../../lib/experiment/experiment.ts";
import { expected, lowerBound } from "../../lib/ideal/mod.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { variant } from "../../lib/runners/variant.ts";
import {
  chunked,
  concurrent,
  naiveAwaitInLoop,
  pool,
  sequential,
} from "../../lib/strategies/mod.ts";
import type { Trial } from "../../lib/trial/trial.ts";

const paths = Array.from({ length: 12 }, (_, i) => `/api/v2/pokemon/${i + 1}`);

const variants = [
  variant(sequential, blocking(fresh)),
  variant(naiveAwaitInLoop, fresh),
  variant(naiveAwaitInLoop, keptAlive),
  variant(pool(4), fresh),
  variant(pool(4), keptAlive),
  variant(chunked(4), keptAlive),
  variant(concurrent, fresh),
  variant(concurrent, keptAlive),
];

/** What no order of dispatch can beat, with the service times that came about. */
function boundOf({ samples, concurrency, connections, origin }: Trial): number {
  const { handshake, capacity } = origin.config;
  return lowerBound({ times: samples.served, concurrency, connections, handshake, capacity });
}

for (const capacity of [Infinity, 3]) {
  Deno.test(`nothing measured beats what nothing can beat, whatever the schedule: capacity ${capacity}`, async () => {
    await using origin = await startOrigin({ median: 8, handshake: 6, capacity });
    const results = await experiment({ origin, variants, paths, blocks: 2, seed: 5 });
    assertEquals(results.faults, []);
    assertEquals(results.passes.length, 2 * (variants.length + 1));
    for (const trial of results.passes) {
      const name = `${trial.variant}, block ${trial.block}`;
      assertGreaterOrEqual(trial.makespan, 0.99 * boundOf(trial), name);
      // The draws are those that were known beforehand.
      const { variant, seed, origin: { config }, samples } = trial;
      const shape = { ...trial, name: variant };
      assert(
        expected(shape, paths, seed, config) <= 1.01 * idealOf(trial) + 1 ||
          samples.served.some((served, i) => served < samples.drawn[i]),
        `${name}: served sooner than drawn`,
      );
    }
    // A batch starts when the one before has ended. In which order its requests arrive, nobody knows.
    for (const trial of results.passes.filter(({ variant }) => variant.startsWith("chunked"))) {
      const { concurrency, samples: { served }, origin: { config }, makespan } = trial;
      let bound = 0;
      for (let from = 0; from < served.length; from += concurrency) {
        const times = served.slice(from, from + concurrency);
        const handshake = from === 0 ? config.handshake : 0;
        bound += lowerBound({ times, concurrency, connections: "kept", handshake, capacity });
      }
      assertGreaterOrEqual(makespan, 0.99 * bound);
    }
  });
}

Deno.test("what a real experiment measured is saved and opened exactly, and estimates are the same", async () => {
  await using origin = await startOrigin({ median: 2, handshake: 1 });
  const results = await experiment({ origin, variants, paths, blocks: 2, seed: 6 });
  const folder = await Deno.makeTempDir();
  try {
    for (const path of ["a.parquet", "a.csv"]) {
      await saveResults(results, `${folder}/${path}`);
      const opened = await openResults(`${folder}/${path}`);
      assertEquals(opened, results);
      assertEquals(estimate(opened), estimate(results));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
