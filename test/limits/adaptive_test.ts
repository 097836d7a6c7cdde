/** AIMD in virtual time, on servers whose knee is known. */
import { assert, assertEquals, assertLess, assertRejects, assertThrows } from "@std/assert";
import { knee } from "../../lib/ideal/mod.ts";
import { adaptive } from "../../lib/limits/adaptive.ts";
import { inVirtualTime } from "./fake_time.ts";
import { type Server, simulatedServer } from "./simulated_server.ts";

const paths = (n: number) => Array.from({ length: n }, (_, i) => `/${i}`);

/** The limits that it went through, and how long it took. */
function run(server: Server, n: number, seed: number) {
  return inVirtualTime(async (clock) => {
    const limits: { limit: number; ms: number }[] = [];
    const strategy = adaptive({ onLimit: (limit, ms) => limits.push({ limit, ms }) });
    const names = await strategy(paths(n), simulatedServer(clock, server, seed));
    assertEquals(names, paths(n));
    return { limits, end: clock.now };
  });
}

/** Mean over time of the limit in the second half. */
function settled(limits: readonly { limit: number; ms: number }[], end: number): number {
  const half = end / 2;
  const sum = limits.reduce((sum, { limit, ms }, i) => {
    const until = limits[i + 1]?.ms ?? end;
    return sum + limit * Math.max(0, until - Math.max(ms, half));
  }, 0);
  return sum / (end - half);
}

const quiet = { sigma: 0.4, failing: 0 };
const servers: Server[] = [
  { places: 10, delay: 0, service: 20, ...quiet },
  { places: 10, delay: 50, service: 20, ...quiet },
  { places: 20, delay: 20, service: 40, ...quiet },
  { places: 5, delay: 100, service: 25, ...quiet },
  { places: 40, delay: 10, service: 10, ...quiet },
];

for (const server of servers) {
  const { places, delay, service } = server;
  const known = knee(places, delay, service);
  Deno.test(`adaptive finds the knee, ${known}, of ${places} places ${delay} ms away with ${service} ms of service within 20 %`, async () => {
    const off: number[] = [];
    for (const seed of [1, 2, 3, 4, 5]) {
      const { limits, end } = await run(server, 12_000, seed);
      off.push(settled(limits, end) / known);
    }
    const mean = off.reduce((a, b) => a + b) / off.length;
    assert(mean > 0.8 && mean < 1.2, off.join(", "));
  });
}

Deno.test("adaptive steps back where attempts fail, though latency says nothing", async () => {
  const server = { places: 1e6, delay: 20, service: 20, sigma: 0.1, failing: 0 };
  const healthy = await run(server, 3000, 1);
  const failing = await run({ ...server, failing: 0.02 }, 3000, 1);
  const most = (limits: { limit: number }[]) => Math.max(...limits.map(({ limit }) => limit));
  assertLess(most(failing.limits), most(healthy.limits) / 4);
});

Deno.test("adaptive never has more in flight than its limit, and sends nothing after a failure", async () => {
  await inVirtualTime(async (clock) => {
    let [inFlight, asked, limit] = [0, 0, 0];
    const strategy = adaptive({ start: 3, most: 7, onLimit: (now) => limit = now });
    assertEquals([strategy.name, strategy.concurrency], ["adaptive", 7]);
    const get = async (path: string) => {
      assert(++inFlight <= Math.max(limit, 3) && limit <= 7);
      asked++;
      await clock.sleep(10);
      inFlight--;
      if (path === "/300") throw new Error(`GET ${path}: failed`);
    };
    await assertRejects(() => strategy(paths(1000), get), Error, "GET /300: failed");
    assert(asked >= 301 && asked <= 308, String(asked));
  });
  assertEquals(await adaptive()([], () => Promise.reject()), []);
  assertThrows(() => adaptive({ start: 0 }), RangeError, "adaptive: start must be");
});
