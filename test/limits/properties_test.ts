/** What holds for strategies and buckets whatever they are given. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals } from "@std/assert";
// deno-lint-ignore no-import-prefix -- only this test needs it
import fc from "npm:fast-check@4.10.2";
import { TokenBucket } from "../../lib/ground/token_bucket.ts";
import type { Client } from "../../lib/client/client.ts";
import { adaptive } from "../../lib/limits/adaptive.ts";
import { rateLimited } from "../../lib/limits/rate_limited.ts";
import { runAwaiting } from "../../lib/runners/in_process.ts";
import * as strategies from "../../lib/strategies/mod.ts";
import type { Strategy } from "../../lib/trial/strategy.ts";
import { SimulatedOrigin } from "../strategies/simulated_origin.ts";
import { inVirtualTime } from "./fake_time.ts";

const RUNS = { numRuns: 60, seed: 20261126 };

/** Strategies with a limit, each with how much it may overlap. */
const bounded = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((n) => ({ strategy: strategies.pool(n), most: n })),
  fc.integer({ min: 1, max: 12 }).map((n) => ({ strategy: strategies.chunked(n), most: n })),
  fc.integer({ min: 1, max: 12 }).map((n) => ({
    strategy: adaptive({ start: n, most: n }),
    most: n,
  })),
  fc.constant({ strategy: strategies.naiveAwaitInLoop as Strategy, most: 1 }),
  fc.constant({ strategy: strategies.concurrent as Strategy, most: Infinity }),
  fc.tuple(fc.integer({ min: 20, max: 2000 }), fc.integer({ min: 1, max: 9 }))
    .map(([rate, burst]) => ({ strategy: rateLimited(rate, burst), most: Infinity })),
);
const latencies = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 60 });

/** Work in virtual time, with an origin in it. */
const withOrigin = (
  all: readonly number[],
  failing: readonly number[],
  work: (origin: SimulatedOrigin) => Promise<void>,
) => inVirtualTime((clock) => work(new SimulatedOrigin(all, failing, clock)));

Deno.test("any strategy keeps its limit, asks for every path once and returns in input order", () =>
  fc.assert(
    fc.asyncProperty(
      bounded,
      latencies,
      ({ strategy, most }, all) =>
        withOrigin(all, [], async (origin) => {
          const names = await strategy(origin.paths, origin.get);
          assertEquals(names, origin.paths.map((path) => `name of ${path}`));
          assertEquals(origin.dispatched, origin.paths);
          assert(origin.peak <= most, `${origin.peak} of ${most}`);
          assertEquals(origin.inFlight, 0);
        }),
    ),
    RUNS,
  ));

Deno.test("any strategy rejects with the first failure there is, and asks for nothing after it", () =>
  fc.assert(
    fc.asyncProperty(
      bounded,
      latencies.filter((all) => all.length > 0),
      fc.array(fc.nat(59), { minLength: 1, maxLength: 4 }),
      ({ strategy }, all, picks) => {
        const failing = picks.map((pick) => pick % all.length);
        return withOrigin(all, failing, async (origin) => {
          const error: Error = await strategy(origin.paths, origin.get)
            .then(() => new Error("none"), (error) => error);
          const asked = origin.dispatched.length;
          const first = origin.finished.find((path) => failing.includes(Number(path.slice(1))));
          assertEquals(error.message, `GET ${first}: failed`);
          await origin.clock.sleep(100_000);
          assertEquals(origin.dispatched.length, asked);
        });
      },
    ),
    RUNS,
  ));

Deno.test("any strategy that is cancelled at any moment asks for nothing more and leaves no timer", () =>
  fc.assert(
    fc.asyncProperty(
      bounded,
      latencies,
      fc.integer({ min: 0, max: 3000 }),
      ({ strategy }, all, at) =>
        withOrigin(all, [], async (origin) => {
          const cancelling = new AbortController();
          const client = clientOf(origin);
          const task = { origin: "", paths: origin.paths, method: "GET", deadline: 1e6 } as const;
          const running = runAwaiting(strategy, client, Infinity, {
            ...task,
            signal: cancelling.signal,
            onSample: () => {},
          }).then(() => "done", (error) => error);
          await Promise.race([running, origin.clock.sleep(at)]);
          cancelling.abort("enough");
          const outcome = await running;
          assert(outcome === "done" || outcome === "enough", String(outcome));
          const asked = origin.dispatched.length;
          const set = globalThis.setTimeout;
          let timers = 0;
          const counting = (...given: Parameters<typeof set>) => {
            timers++;
            return set(...given);
          };
          globalThis.setTimeout = counting as typeof set;
          await origin.clock.sleep(100_000);
          assertEquals([origin.dispatched.length, timers], [asked, 0]);
        }),
    ),
    RUNS,
  ));

/** A client over a simulated origin, whose answers never come once it is closed. */
function clientOf(origin: SimulatedOrigin): Client {
  let closed = false;
  return {
    ...{ name: "simulated", connections: "kept" },
    open: () => ({
      ...{ sockets: 1, peakInFlight: 1, lastFinish: NaN },
      get inFlight() {
        return closed ? 0 : origin.inFlight;
      },
      get: (path, options) =>
        new Promise((resolve, reject) => {
          if (closed) return;
          origin.get(path, options).then((name) => closed || resolve(name), reject);
        }),
      close: () => Promise.resolve(void (closed = true)),
    }),
  };
}

Deno.test("a token bucket never gives more than burst + rate · w in any window, and all of that to who waits", () =>
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 5000, noNaN: true }),
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 1, maxLength: 200 }),
      (rate, burst, pauses) => {
        const bucket = new TokenBucket(rate, burst);
        const taken: number[] = [];
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          if (bucket.take(now)) taken.push(now);
          else {
            // Who waits until it is due, gets it, and not a moment before.
            const due = bucket.due(now);
            assert(due > now && !bucket.take(due - Math.max(1e-6, due * 1e-9)));
          }
        }
        taken.forEach((from, i) => {
          for (let j = i; j < taken.length; j++) {
            const allowed = burst + rate * (taken[j] - from) / 1000;
            assert(j - i + 1 <= allowed + 1e-6, `${j - i + 1} in ${taken[j] - from} ms`);
          }
        });
        const due = bucket.due(now);
        assert(bucket.take(due));
      },
    ),
    { ...RUNS, numRuns: 500 },
  ));

Deno.test("rateLimited sends no faster than it says in any window, and no slower than it may", () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 80 }),
      (rate, burst, n) =>
        inVirtualTime(async (clock) => {
          const sent: number[] = [];
          const get = async (path: string) => {
            sent.push(clock.now);
            await clock.sleep(5);
            return path;
          };
          await rateLimited(rate, burst)(Array.from({ length: n }, (_, i) => `/${i}`), get);
          sent.forEach((from, i) => {
            for (let j = i; j < n; j++) {
              assert(j - i + 1 <= burst + rate * (sent[j] - from) / 1000 + 1e-6);
            }
          });
          // Timers are whole ms: each wait may be one longer.
          const waits = Math.max(0, n - burst);
          assert(sent[n - 1] <= waits * (1000 / rate + 1) + 1e-6, `${sent[n - 1]} ms`);
        }),
    ),
    RUNS,
  ));
