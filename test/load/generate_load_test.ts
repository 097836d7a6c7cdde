// Runs alone: it measures time.
import {
  assert,
  assertEquals,
  assertGreater,
  assertLess,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { quantile } from "../../lib/ground/quantile.ts";
import { arrivals } from "../../lib/load/generate_load.ts";
import { generateLoad } from "../../lib/load/generate_load.ts";
import { type LoadOptions, resolveLoad } from "../../lib/load/options.ts";
import { loadReport } from "../../lib/load/report.ts";
import { counting } from "./server.ts";

const loaded = async (url: string, options: LoadOptions = {}) =>
  await generateLoad(resolveLoad(url, options));

Deno.test("a closed loop sends for as long as it is told, over as many connections", async () => {
  await using server = counting(() => new Response("hello"));
  const report = await loaded(server.url, { duration: 600, connections: 7 });
  const { requests, sockets, errors, notOk, bytes, latencies } = report;
  assertEquals([server.requests, server.remotes], [requests, 7]);
  assert(requests >= 7); // one for each, however long the machine stood still
  assertEquals([sockets, errors, notOk, bytes], [7, 0, 0, 5 * requests]);
  assertEquals([latencies.length, report.answered], [requests, 1]);
  assert(report.makespan >= 599, "the last answer comes after the last send");
  assert(Math.abs(report.requestsPerSecond - 1000 * requests / report.makespan) < 1e-6);
});

Deno.test("a load says what the generator used of the machine, and how busy that was", async () => {
  await using server = counting(() => new Response("hello"));
  const report = await loaded(server.url, { duration: 200, connections: 4 });
  // The server is in this process, too: it has used some CPU, and no more than there is.
  assertGreater(report.generatorCores, 0);
  assertLess(report.generatorCores, navigator.hardwareConcurrency + 1);
  const { machineBusy } = report;
  assert(Number.isNaN(machineBusy) || (machineBusy > 0 && machineBusy <= 1), `${machineBusy}`);
});

Deno.test("without keep-alive every request has a connection of its own", async () => {
  await using server = counting(() => new Response("hello"));
  const report = await loaded(server.url, { duration: 60, connections: 4, keepAlive: false });
  assertEquals([server.requests, report.sockets], [report.requests, report.requests]);
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
  await loaded(server.url, { duration: 100, connections: 5 });
  assertEquals(most, 5);
});

Deno.test("visitors come as a Poisson process does, and a seed gives the same visits again", () => {
  const visits = arrivals(1000, 60_000, 7);
  assertEquals(visits, arrivals(1000, 60_000, 7));
  assertNotEquals(visits.slice(0, 5), arrivals(1000, 60_000, 8).slice(0, 5));
  assert(visits.every((at, i) => at >= (visits[i - 1] ?? 0) && at < 60_000));
  // 60,000 expected, ± √60,000; of each ms' count the variance is its mean, 1.
  assert(Math.abs(visits.length - 60_000) < 4 * Math.sqrt(60_000), `${visits.length}`);
  const counts = new Array(60_000).fill(0);
  for (const at of visits) counts[Math.floor(at)]++;
  const variance = counts.reduce((sum, n) => sum + (n - 1) ** 2, 0) / counts.length;
  assert(Math.abs(variance - 1) < 0.05, `variance ${variance}`);
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
  const loads = async () => {
    await using first = stalled();
    const closed = await loaded(first.url, { duration: 300, connections: 2 });
    await using second = stalled();
    return { closed, open: await loaded(second.url, { duration: 300, connections: 2, rate: 400 }) };
  };
  // Both connections were held: each of two lost 200 ms. Of those planned meanwhile, all did.
  const charged = ({ closed, open }: Awaited<ReturnType<typeof loads>>) =>
    late(open.latencies) > 4 * Math.max(2, late(open.fromSend)) &&
    quantile(open.latencies, 0.8) > quantile(closed.latencies, 0.8);
  let both = await loads();
  // A pair of loads in which the machine itself stood still is followed by another.
  for (let pairs = 1; pairs < 10 && !charged(both); pairs++) both = await loads();
  assert(charged(both), `${both.open.latencies}, closed ${both.closed.latencies}`);
  assertEquals(both.open.errors, 0);
});

Deno.test("an open loop sends what was planned, when it was planned", async () => {
  await using server = counting(() => new Response(""));
  const report = await loaded(server.url, { duration: 100, connections: 5, rate: 500 });
  const visits = arrivals(500, 100, 1);
  assertEquals([server.requests, report.requests], [visits.length, visits.length]);
  assert(report.makespan >= visits.at(-1)!, "not before the last was planned");
  assert(report.latencies.every((ms, i) => ms >= report.fromSend[i]));
});

/** A report on answers planned every ms, the i-th of which took `latency(i)` ms. */
function reportOn(n: number, latency: (i: number) => number, rate = 1000) {
  const sent = Array.from({ length: n }, (_, i) => ({
    ...{ planned: i, start: i, end: i + latency(i), status: 200, bytes: 1, error: "" },
  }));
  const plan = { ...resolveLoad("http://127.0.0.1:9", { duration: n }), rate };
  return loadReport(plan, 0, sent, [], { own: 1, busy: 1 });
}

Deno.test("a percentile stands on 20 samples beyond it, or is not told", () => {
  const known = (n: number) =>
    Object.values(reportOn(n, (i) => i % 7, Infinity).quantiles).map(isFinite);
  assertEquals(known(39), [false, false]);
  assertEquals(known(40), [true, false]);
  assertEquals(known(2000), [true, true]);
});

Deno.test("a server that falls behind has no percentiles: its wait grows, by so much a second", () => {
  // Half of what comes is answered: the wait grows by a second with every second.
  const behind = reportOn(2000, (i) => 5 + i);
  assertEquals(behind.quantiles, { p50: NaN, p99: NaN });
  assert(behind.answered < 0.6, `${behind.answered}`);
  assert(Math.abs(behind.growth - 1000) < 1, `${behind.growth}`);
  // One whose every answer takes long keeps up all the same: what is on its way is not owed.
  const slow = reportOn(4000, () => 150);
  assertEquals([slow.answered, slow.quantiles.p99, Math.round(slow.growth)], [1, 150, 0]);
});

Deno.test("what is refused, broken off or late is counted, and the rest goes on", async () => {
  await using server = counting((_, n) => new Response("", { status: n % 2 ? 200 : 503 }));
  const report = await loaded(server.url, { duration: 50, connections: 2 });
  assertEquals([report.errors, report.notOk], [0, Math.floor(report.requests / 2)]);

  const { port } = new URL(server.url);
  await server[Symbol.asyncDispose]();
  const dead = await loaded(`http://127.0.0.1:${port}/`, { duration: 30, connections: 2 });
  assertEquals([dead.errors, dead.requestsPerSecond], [dead.requests, 0]);
  assertStringIncludes(dead.firstError, "refused");

  const never = Promise.withResolvers<Response>();
  await using mute = counting((_, n) => n === 1 ? never.promise : new Response(""));
  const load = loaded(mute.url, { duration: 60, connections: 2, deadline: 1000 });
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
  const load = () => loaded(server.url, { connections: 3, signal: stop.signal });
  await assertRejects(load, Error, "enough");
  never.resolve();
});

Deno.test("load goes to this machine alone, and a wrong option is named", async () => {
  for (const url of ["http://example.com/", "https://127.0.0.1/", "http://10.0.0.1/"]) {
    await assertRejects(() => loaded(url), RangeError, "loopback");
  }
  const url = "http://127.0.0.1:1/";
  await assertRejects(() => loaded(url, { duration: 0 }), RangeError, "duration must be");
  await assertRejects(() => loaded(url, { connections: 1.5 }), RangeError, "connections");
  await assertRejects(
    () => loaded(url, { rate: 0 }),
    RangeError,
    "rate must be a number above 0, not 0",
  );
  await assertRejects(() => loaded(url, { deadline: -1 }), RangeError, "deadline");
  // deno-lint-ignore no-explicit-any
  await assertRejects(() => loaded(url, { requests: 5 } as any), TypeError, "requests");
});
