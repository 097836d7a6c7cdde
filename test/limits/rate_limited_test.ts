/** A paced loop on an origin with a rate. */
import { assert, assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import { frames } from "../../lib/analysis/results.ts";
import { keptAlive } from "../../lib/client/library_clients.ts";
import { rateLimited } from "../../lib/limits/rate_limited.ts";
import { retrying } from "../../lib/limits/retrying.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { trial } from "../../lib/runners/trial.ts";
import { variant } from "../../lib/runners/variant.ts";

const paths = Array.from({ length: 60 }, (_, i) => `/api/v2/pokemon/${i + 1}`);

Deno.test("whoever keeps to an origin's rate has all answers, none sooner than the rate allows", async () => {
  await using origin = await startOrigin({ median: 2, handshake: 0, rate: 40, burst: 10 });
  const paced = variant(rateLimited(40, 4), retrying(keptAlive));
  const one = await trial(paced, { origin, paths, seed: 1 });
  assertEquals(one.results.length, 60);
  const [row] = frames(one).trials.toRecords();
  assert(row.ideal_ms as number >= 1000 * (60 - 10) / 40);
  assertLessOrEqual(row.efficiency as number, 1.01);
  // A machine that stalls may bunch a few; a loop that did not pace would be sent away by the dozen.
  assertLessOrEqual(one.origin.refused.rate, 15);
  assertEquals(one.origin.statuses["200"], 60);
});

Deno.test("a rate or a burst that is wrong is refused by its name", () => {
  assertThrows(
    () => rateLimited(0),
    RangeError,
    "rateLimited: rate must be a number above 0, not 0",
  );
  assertThrows(() => rateLimited(5, 0), RangeError, "rateLimited: burst must be a whole number");
  assertThrows(() => rateLimited("5" as never), TypeError, "rateLimited: rate must be");
  assertEquals(rateLimited(2.5, 3).name, "rateLimited(2.5, 3)");
});
