// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertLessOrEqual, assertRejects, assertThrows } from "@std/assert";
import type { Bounded } from "../../lib/strategies/library_strategy.ts";
import type { Get, Strategy } from "../../lib/trial/strategy.ts";
import * as strategies from "../../lib/strategies/mod.ts";
import { SimulatedOrigin } from "./simulated_origin.ts";

const { sequential, naiveAwaitInLoop, concurrent, pool, chunked } = strategies;

const sum = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0);
const max = (xs: readonly number[]) => xs.reduce((a, b) => Math.max(a, b), 0);

/** When n slots are done that each take the next as soon as they are free. */
function greedy(latencies: readonly number[], n: number): number {
  const free = new Array<number>(Math.min(n, latencies.length)).fill(0);
  for (const ms of latencies) free[free.indexOf(Math.min(...free))] += ms;
  return max(free);
}

/** Sum over chunks of n of each one's slowest. */
function barriers(latencies: readonly number[], n: number): number {
  let total = 0;
  for (let i = 0; i < latencies.length; i += n) total += max(latencies.slice(i, i + n));
  return total;
}

/** Whole latencies that look arbitrary and are always the same. */
const latenciesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => 1 + (i * i * 37 + i * 101) % 97);

/** Where it is known in closed form, how long a strategy of a name takes. */
const FORMS: Record<string, (latencies: readonly number[], n: number) => number> = {
  naiveAwaitInLoop: sum,
  concurrent: max,
  pool: greedy,
  chunked: barriers,
};

type Awaiting = Strategy & Bounded;

/** Every awaiting strategy of the library; of those that take a number, some of each. */
const schedules = Object.entries(strategies).filter(([name]) => name !== "sequential")
  .flatMap(([name, exported]) => {
    const one = exported as Awaiting | ((n: number) => Awaiting);
    const made = "concurrency" in one
      ? [[one, one.concurrency] as const]
      : [1, 2, 3, 10, 1000, Infinity].map((n) => [one(n), n] as const);
    return made.map(([strategy, n]) => ({ strategy, n, form: FORMS[name] }));
  });

for (const { strategy, n, form } of schedules) {
  Deno.test(`${strategy.name} dispatches in input order, overlaps ${n} and takes its closed form`, async () => {
    for (const count of [0, 1, 2, 9, 10, 11, 50]) {
      const latencies = latenciesOf(count);
      const origin = new SimulatedOrigin(latencies);
      const results = await origin.clock.run(strategy(origin.paths, origin.get));
      assertEquals(results, origin.paths.map((path) => `name of ${path}`));
      assertEquals(origin.dispatched, origin.paths);
      assertEquals(origin.peak, Math.min(n, count));
      if (form) assertEquals(origin.clock.now, form(latencies, n));
    }
  });

  if (n > 1) {
    Deno.test(`${strategy.name} puts no document in a promise that waits beside others`, async () => {
      const origin = new SimulatedOrigin(latenciesOf(20));
      await origin.clock.run(strategy(origin.paths, origin.get));
      assertEquals(origin.whole, 0);
    });
  }

  Deno.test(`${strategy.name} launches nothing after a failure`, async () => {
    const latencies = latenciesOf(40);
    const origin = new SimulatedOrigin(latencies, [7]);
    await assertRejects(
      () => origin.clock.run(strategy(origin.paths, origin.get)),
      Error,
      "GET /7: failed",
    );
    // What had finished by then, plus what was in flight with it, is all that was ever asked for.
    const finishedBefore = origin.finished.indexOf("/7");
    assertLessOrEqual(origin.dispatched.length, finishedBefore + Math.min(n, 40));
    assertEquals(origin.inFlight, 0);
  });

  Deno.test(`${strategy.name} says how much it overlaps`, () =>
    assertEquals(strategy.concurrency, n));
}

Deno.test("two slots that fail at the same instant launch nothing more", async () => {
  const origin = new SimulatedOrigin([5, 5, 5, 5, 5], [0, 1]);
  await assertRejects(() => origin.clock.run(pool(2)(origin.paths, origin.get)), Error, "/0");
  assertEquals(origin.dispatched, ["/0", "/1"]);
});

Deno.test("a slot freed at the instant another fails takes nothing more", async () => {
  const origin = new SimulatedOrigin([5, 5, 5, 5, 5], [0]);
  await assertRejects(() => origin.clock.run(pool(2)(origin.paths, origin.get)), Error, "/0");
  assertEquals(origin.dispatched, ["/0", "/1"]);
});

Deno.test("results keep input order though answers come in another", async () => {
  const origin = new SimulatedOrigin([30, 20, 10]);
  const results = await origin.clock.run(concurrent(origin.paths, origin.get));
  assertEquals(origin.finished, ["/2", "/1", "/0"]);
  assertEquals(results, ["name of /0", "name of /1", "name of /2"]);
});

Deno.test("sequential asks for one at a time, on the thread, and stops at the first failure", () => {
  const asked: string[] = [];
  const names = sequential(["/a", "/b"], (path) => ({ name: asked.push(path) }));
  assertEquals(names, [1, 2]);
  assertEquals(sequential.concurrency, 1);
  assertEquals(sequential.name, "sequential");
  assertEquals(sequential([], () => ({})), []);
  assertThrows(
    () =>
      sequential(["/c", "/d"], (path) => {
        asked.push(path);
        throw new Error(`GET ${path}: failed`);
      }),
    Error,
    "/c",
  );
  assertEquals(asked, ["/a", "/b", "/c"]);
});

Deno.test("a document without a name is known by its path", async () => {
  for (const document of [{}, null, 7, { name: null }]) {
    const get: Get = (path, { take } = {}) => Promise.resolve(take?.(document, path));
    assertEquals(await concurrent(["/x"], get), ["/x"]);
    assertEquals(sequential(["/x"], () => document), ["/x"]);
  }
});

Deno.test("a path asked for twice is two requests with a result each", async () => {
  for (const strategy of [naiveAwaitInLoop, concurrent, pool(2), chunked(2)]) {
    const origin = new SimulatedOrigin([5, 9]);
    const paths = ["/0", "/1", "/0"];
    const results = await origin.clock.run(strategy(paths, origin.get));
    assertEquals(results, ["name of /0", "name of /1", "name of /0"]);
    assertEquals(origin.dispatched, paths);
  }
});

Deno.test("a chunk may be larger than a call has arguments", async () => {
  const paths = Array.from({ length: 200_000 }, (_, i) => `/${i}`);
  const get = (path: string) => Promise.resolve({ name: path });
  assertEquals((await chunked(Infinity)(paths, get as Get) as unknown[]).length, paths.length);
});

Deno.test("a bound that bounds nothing is refused by name and value", () => {
  for (const make of [pool, chunked]) {
    for (
      const [bad, error] of [
        [0, RangeError],
        [-1, RangeError],
        [1.5, RangeError],
        [NaN, RangeError],
        [-Infinity, RangeError],
        ["3", TypeError],
        [null, TypeError],
        [undefined, TypeError],
        [3n, TypeError],
      ] as const
    ) {
      const thrown = assertThrows(() => make(bad as number), error) as Error;
      assert(thrown.message.includes(`${make.name}: n must be`), thrown.message);
      assert(thrown.message.includes(String(bad)), thrown.message);
    }
  }
});

Deno.test("a strategy is named as it is written, by the words of a Plan where it has one", () => {
  const names = [naiveAwaitInLoop, concurrent, pool(10), pool(Infinity), chunked(4)].map((s) =>
    s.name
  );
  assertEquals(names, [
    "naive-await-in-loop",
    "concurrent",
    "pool(10)",
    "pool(Infinity)",
    "chunked(4)",
  ]);
});
