// Runs alone: it measures time.
import {
  assert,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { generateLoad } from "../../lib/load/generate_load.ts";
import { counting } from "./server.ts";

Deno.test("a closed loop sends exactly as many as asked, over as many connections", async () => {
  await using server = counting(() => new Response("hello"));
  const report = await generateLoad(server.url, { requests: 103, connections: 7 });
  assertEquals(server.requests, 103);
  assertEquals(server.remotes, 7);
  const { sockets, reused, errors, notOk, bytes, latencies, quantiles } = report;
  assertEquals([sockets, reused, errors, notOk, bytes], [7, 96, 0, 0, 515]);
  assertEquals(latencies.length, 103);
  assert(quantiles.p50 <= quantiles.p95 && quantiles.p95 <= quantiles.max);
  assert(Math.abs(report.requestsPerSecond - 103_000 / report.makespan) < 1e-6);
});

Deno.test("without keep-alive every request has a connection of its own", async () => {
  await using server = counting(() => new Response("hello"));
  const report = await generateLoad(server.url, { requests: 40, connections: 4, keepAlive: false });
  assertEquals([server.requests, report.sockets, report.reused], [40, 40, 0]);
});

Deno.test("no more are in flight than there are connections, and no fewer", async () => {
  let inFlight = 0, most = 0;
  const five = Promise.withResolvers<void>();
  await using server = counting(async () => {
    most = Math.max(most, ++inFlight);
    if (most === 5) five.resolve();
    await five.promise;
    inFlight--;
    return new Response("");
  });
  await generateLoad(server.url, { requests: 30, connections: 5 });
  assertEquals(most, 5);
});

Deno.test("an open loop charges a stall to all whom it kept waiting, a closed one to few", async () => {
  const stalled = () => {
    const gate = Promise.withResolvers<void>();
    return counting(async (_, n) => {
      if (n === 20) setTimeout(() => gate.resolve(), 200);
      if (n >= 20 && n <= 21) await gate.promise;
      return new Response("");
    });
  };
  const late = (latencies: readonly number[]) => latencies.filter((ms) => ms > 50).length;
  await using first = stalled();
  const closed = await generateLoad(first.url, { requests: 120, connections: 2 });
  await using second = stalled();
  const open = await generateLoad(second.url, { requests: 120, connections: 2, rate: 400 });
  assertEquals(open.errors, 0);
  // Both connections were held: each of two lost 200 ms. Of those planned meanwhile, all did.
  assertGreater(late(open.latencies), 4 * Math.max(2, late(open.fromSend)));
  assertGreater(open.quantiles.p95, closed.quantiles.p95);
});

Deno.test("an open loop goes no faster than planned", async () => {
  await using server = counting(() => new Response(""));
  const report = await generateLoad(server.url, { requests: 50, connections: 5, rate: 500 });
  // The last of 50 is planned 98 ms after the first.
  assertGreater(report.makespan, 97);
  assertLess(report.requestsPerSecond, 520);
  assert(report.latencies.every((ms, i) => ms >= report.fromSend[i]));
});

Deno.test("what is refused, broken off or late is counted, and the rest goes on", async () => {
  await using server = counting((_, n) => new Response("", { status: n % 2 ? 200 : 503 }));
  const report = await generateLoad(server.url, { requests: 20, connections: 2 });
  assertEquals([report.errors, report.notOk], [0, 10]);

  const { port } = new URL(server.url);
  await server[Symbol.asyncDispose]();
  const dead = await generateLoad(`http://127.0.0.1:${port}/`, { requests: 5, connections: 2 });
  assertEquals([dead.errors, dead.requestsPerSecond], [5, 0]);
  assertStringIncludes(dead.firstError, "refused");

  const never = Promise.withResolvers<Response>();
  await using mute = counting((_, n) => n === 1 ? never.promise : new Response(""));
  const load = generateLoad(mute.url, { requests: 6, connections: 2, deadline: 100 });
  assertEquals((await load).errors, 1);
  never.resolve(new Response(""));
});

Deno.test("an aborted load ends at once, with the reason", async () => {
  const never = Promise.withResolvers<void>();
  const stop = new AbortController();
  await using server = counting((_, n) => {
    if (n === 3) stop.abort(new Error("enough"));
    return never.promise.then(() => new Response(""));
  });
  const load = () => generateLoad(server.url, { connections: 3, signal: stop.signal });
  await assertRejects(load, Error, "enough");
  never.resolve();
});

Deno.test("load goes to this machine alone, and a wrong option is named", async () => {
  for (const url of ["http://example.com/", "https://127.0.0.1/", "http://10.0.0.1/"]) {
    await assertRejects(() => generateLoad(url), RangeError, "loopback");
  }
  const url = "http://127.0.0.1:1/";
  await assertRejects(() => generateLoad(url, { requests: 0 }), RangeError, "requests must be");
  await assertRejects(() => generateLoad(url, { connections: 1.5 }), RangeError, "connections");
  await assertRejects(
    () => generateLoad(url, { rate: 0 }),
    RangeError,
    "rate must be a number above 0, not 0",
  );
  await assertRejects(() => generateLoad(url, { deadline: -1 }), RangeError, "deadline");
  // deno-lint-ignore no-explicit-any
  await assertRejects(() => generateLoad(url, { duration: 5 } as any), TypeError, "duration");
});
