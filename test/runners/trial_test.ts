/** Trials against the origin itself. */
import {
  assert,
  assertEquals,
  assertGreater,
  assertGreaterOrEqual,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { blocking } from "../../lib/client/blocking.ts";
import { fetching } from "../../lib/client/own_client.ts";
import { fresh, keptAlive } from "../../lib/client/library_clients.ts";
import { client } from "../../lib/client/own_client.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { selfCheck } from "../../lib/experiment/check.ts";
import { drawn } from "../../lib/ideal/mod.ts";
import { draw } from "../../lib/origin/draw.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { trial, type TrialOptions } from "../../lib/runners/trial.ts";
import { variant } from "../../lib/runners/variant.ts";
import { concurrent, naiveAwaitInLoop, pool, sequential } from "../../lib/strategies/mod.ts";
import type { Strategy } from "../../lib/trial/strategy.ts";

const pokemon = (n: number) => Array.from({ length: n }, (_, i) => `/api/v2/pokemon/${i + 1}`);
const handshake = 5;
// So slow that all requests are there before the first is answered, but where the machine stands
// still for as long; such a trial is followed by another.
const slow = { median: 500, sigma: 0.05 };
const latency = { median: 4, sigma: 0.4 };
// A module has no end to close them at; they end with this process.
const overlapping = await startOrigin({ ...slow, handshake });
const origin = await startOrigin({ ...latency, handshake });

const unnamed: Strategy = async (paths, get) => {
  const names = [];
  for (const path of paths) names.push((await get(path)).name);
  return names;
};

for (const method of ["GET", "HEAD"] as const) {
  for (
    const [each, sockets, peak] of [
      [variant(sequential, blocking(fresh)), 30, 1],
      [variant(sequential, blocking(keptAlive)), 1, 1],
      [variant(naiveAwaitInLoop, fresh), 30, 1],
      [variant(naiveAwaitInLoop, keptAlive), 1, 1],
      [variant(unnamed, keptAlive), 1, 1],
      [variant(pool(15), fresh), 30, 15],
      [variant(pool(15), keptAlive), 15, 15],
      [variant(concurrent, fresh), 30, 30],
      [variant(concurrent, keptAlive), 30, 30],
    ] as const
  ) {
    Deno.test(`${each.name}, ${method}: ${sockets} sockets and ${peak} in flight, from both sides`, async () => {
      const paths = pokemon(30);
      const pass = { origin: peak > 1 ? overlapping : origin, paths, seed: 7, block: 2, method };
      let done = await trial(each, pass);
      for (let runs = 1; runs < 10 && done.origin.peakInFlight < peak; runs++) {
        done = await trial(each, pass);
      }
      const { origin: report, costs, samples, makespan, opened } = done;
      assertEquals([costs.sockets, report.sockets], [sockets, sockets]);
      assertEquals([costs.peakInFlight, report.peakInFlight], [peak, peak]);
      assertEquals([report.requests, report.statuses], [30, { "200": 30 }]);
      assertEquals(samples.bytes.reduce((a, b) => a + b), report.bytes);
      assertEquals(samples.path, paths);
      assertEquals(samples.k, new Array(30).fill(1));
      assertEquals(samples.drawn, paths.map((path) => draw(7, path, 1, peak > 1 ? slow : latency)));
      assertEquals(new Set(samples.socket).size, sockets);
      for (const [i, served] of samples.served.entries()) {
        assertGreaterOrEqual(samples.end[i] - samples.start[i], 0.99 * served);
        assert(samples.end[i] <= opened + makespan);
      }
      const total = samples.served.reduce((a, b) => a + b);
      const least = Math.max(total / peak, ...samples.served) + handshake;
      assertGreaterOrEqual(makespan, 0.99 * least);
    });
  }
}

Deno.test("what a client of one's own cannot see is taken from the origin", async () => {
  const paths = [...pokemon(20), ...pokemon(20)];
  const ask = async (url: string, signal: AbortSignal) =>
    await (await fetch(url, { signal })).json();
  const bare = client("bare", (url, { signal }) => ask(url, signal));
  for (const each of [fetching, bare]) {
    for (const strategy of [unnamed, concurrent]) {
      const done = await trial(variant(strategy, each), { origin, paths, seed: 7 });
      assertEquals(done.costs.sockets, done.origin.sockets);
      assertEquals(done.samples.drawn, drawn(paths, 7, latency));
      assertGreaterOrEqual(Math.min(...done.samples.served), 1);
      assertEquals(selfCheck(done, paths), []);
    }
  }
});

Deno.test("each trial opens connections of its own, though a client's function keeps them for longer", async () => {
  await using own = await startOrigin({ median: 1, handshake: 40 });
  const kept = client("kept", (url, { signal }) => fetch(url, { signal }));
  // Something else has been asked by the same pool of connections before.
  await (await fetch(`${own.url}/api/v2/pokemon/1`)).body?.cancel();
  for (const seed of [1, 2, 3]) {
    const paths = pokemon(3);
    const done = await trial(variant(naiveAwaitInLoop, kept), { origin: own, paths, seed });
    assertGreaterOrEqual(done.origin.sockets, 1);
    assertGreaterOrEqual(done.makespan, 40);
    assertEquals(selfCheck(done, paths), []);
  }
});

Deno.test("a trial says which it is", async () => {
  const each = variant(pool(2), keptAlive);
  const done = await trial(each, { origin, paths: pokemon(3), seed: 5, block: 4 });
  const { variant: name, seed, block, method, concurrency, connections, results } = done;
  assertEquals(
    { name, seed, block, method, concurrency, connections, results },
    {
      ...{ name: "pool(2)/kept", seed: 5, block: 4, method: "GET", concurrency: 2 },
      ...{ connections: "kept", results: ["bulbasaur", "ivysaur", "venusaur"] },
    },
  );
  assertEquals((await trial(each, { origin, paths: [], seed: 5 })).block, 0);
});

Deno.test("a path asked for twice is drawn for twice, each arrival by itself", async () => {
  const paths = ["/api/v2/pokemon/1", "/api/v2/pokemon/2", "/api/v2/pokemon/1"];
  const { samples } = await trial(variant(naiveAwaitInLoop, keptAlive), { origin, paths, seed: 3 });
  assertEquals(samples.k, [1, 1, 2]);
  assertEquals(samples.drawn, paths.map((path, i) => draw(3, path, [1, 1, 2][i], latency)));
});

Deno.test("the first failure is named, the rest is cancelled, and the next trial can begin", async () => {
  for (const each of [variant(concurrent, keptAlive), variant(sequential, blocking(fresh))]) {
    const missing = "/api/v2/pokemon/99999";
    const paths = [...pokemon(5), missing, ...pokemon(5)];
    const error = await assertRejects(
      () => trial(each, { origin, paths, seed: 1 }),
      RequestError,
    );
    assertStringIncludes(error.message, `GET ${missing}: 404`);
    assertEquals((await trial(each, { origin, paths: pokemon(1), seed: 1 })).origin.requests, 1);
  }
});

Deno.test("an abort ends the trial at the origin too", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const rejected = await trial(variant(naiveAwaitInLoop, keptAlive), {
    ...{ origin, paths: pokemon(50), seed: 1, signal: controller.signal },
    onSample: (_, row) => row === 3 && controller.abort(reason),
  }).then(() => null, (error) => error);
  assertEquals(rejected, reason);
  await assertRejects(() => origin.end(), Error, "no trial has begun");
});

Deno.test("the sample hook hears of every request as it finishes", async () => {
  for (const each of [variant(pool(3), keptAlive), variant(sequential, blocking(keptAlive))]) {
    const rows: number[] = [];
    await trial(each, {
      ...{ origin, paths: pokemon(9), seed: 1 },
      onSample(samples, row) {
        assertGreater(samples.end[row], samples.start[row]);
        rows.push(row);
      },
    });
    assertEquals(rows.toSorted(), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  }
});

Deno.test("an option that is wrong is refused by name and value, before anything begins", async () => {
  const good = { origin, paths: pokemon(1), seed: 1 };
  for (
    const [wrong, error, words] of [
      [
        { origin: "http://x" },
        TypeError,
        'origin must be what startOrigin resolves to, not "http://x"',
      ],
      [{ paths: "/a" }, TypeError, 'paths must be a list, not "/a"'],
      [{ paths: ["/a", "b"] }, TypeError, 'paths[1] must be text that begins with "/", not "b"'],
      [{ seed: -1 }, RangeError, "seed must be a whole number from 0 up, not -1"],
      [{ seed: 1.5 }, RangeError, "seed"],
      [{ seed: undefined }, TypeError, "seed must be a whole number from 0 up, not undefined"],
      [{ block: NaN }, RangeError, "block must be a whole number from 0 up, not NaN"],
      [{ method: "POST" }, RangeError, 'method must be "GET" or "HEAD", not "POST"'],
      [{ deadline: 0 }, RangeError, "deadline"],
      [{ deadline: Infinity }, RangeError, "deadline"],
      [
        { deadline: "1" },
        TypeError,
        'deadline must be a number of ms from 1 to 2,147,483,647, not "1"',
      ],
      [{ signal: {} }, TypeError, "signal must be an AbortSignal"],
      [{ onSample: 1 }, TypeError, "onSample must be a function, not 1"],
    ] as const
  ) {
    const options = { ...good, ...wrong } as unknown as TrialOptions;
    const thrown = await assertRejects(() => trial(variant(concurrent, keptAlive), options), error);
    assertStringIncludes((thrown as Error).message, words);
  }
  await assertRejects(() => trial({} as never, good), TypeError, "must be a variant");
  await assertRejects(() => origin.end(), Error, "no trial has begun");
});
