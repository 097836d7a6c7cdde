import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { draw } from "../../lib/origin/draw.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { ask, keeping, timing } from "./ask.ts";

const paths = Array.from({ length: 20 }, (_, i) => `/api/v2/pokemon/${i + 1}`);
const quick = { median: 4, sigma: 0.8, handshake: 0 };

Deno.test("every response says what was drawn for it, and that is what draw() gives", async () => {
  await using origin = await startOrigin(quick);
  using agent = keeping();
  await origin.begin(42);
  const urls = [...paths, ...paths, "/api/v2/pokemon/1?x=1", "/api/v2/pokemon/1/", "/nowhere"];
  const arrivals = new Map<string, number>();
  for (const [i, path] of urls.entries()) {
    const answer = await ask(origin.url + path, { agent, method: i % 2 ? "HEAD" : "GET" });
    const k = (arrivals.get(path) ?? 0) + 1;
    arrivals.set(path, k);
    const { drawn, k: said } = timing(answer);
    assertEquals([path, said, drawn], [path, k, draw(42, path, k, quick)]);
  }
  await origin.end();
});

Deno.test("a trial of the same seed meets the same latencies, in whatever order it asks", async () => {
  await using origin = await startOrigin({ ...quick, median: 2 });
  const drawn = async (seed: number, order: string[]) => {
    await origin.begin(seed);
    using agent = keeping();
    const answers = await Promise.all(order.map((path) => ask(origin.url + path, { agent })));
    await origin.end();
    return Object.fromEntries(order.map((path, i) => [path, timing(answers[i]).drawn]));
  };
  const first = await drawn(7, paths);
  assertEquals(await drawn(7, paths.toReversed()), first);
  assert(JSON.stringify(await drawn(8, paths)) !== JSON.stringify(first));
});

Deno.test("nothing is served earlier than it was drawn, nor faster than the client can see", async () => {
  await using origin = await startOrigin(quick);
  using agent = keeping();
  const answers = await Promise.all(paths.map(async (path) => {
    const from = performance.now();
    const answer = await ask(origin.url + path, { agent });
    return { ...timing(answer), latency: performance.now() - from };
  }));
  for (const { drawn, served, queue, handshake, latency } of answers as Record<string, number>[]) {
    assert(served >= drawn, `${served} served, ${drawn} drawn`);
    assertLessOrEqual(served + queue + handshake, latency);
  }
});

Deno.test("outside a trial draws come from the origin's own seed", async () => {
  await using origin = await startOrigin({ ...quick, seed: 99 });
  const before = timing(await ask(origin.url + paths[0]));
  assertEquals(before.drawn, draw(99, paths[0], 1, quick));
  await origin.begin(5);
  assertEquals(timing(await ask(origin.url + paths[0])).drawn, draw(5, paths[0], 1, quick));
  await origin.end();
  assertEquals(timing(await ask(origin.url + paths[0])).drawn, draw(99, paths[0], 1, quick));
});

Deno.test("the report counts responses, connections, bytes and overlap since begin", async () => {
  await using origin = await startOrigin({ ...quick, median: 80, sigma: 0 });
  await ask(origin.url + paths[0]);
  await origin.begin(3);
  using agent = keeping();
  const together = await Promise.all(paths.map((path) => ask(origin.url + path, { agent })));
  const after = await ask(`${origin.url}/nowhere`, { agent });
  const head = await ask(origin.url + paths[0], { agent, method: "HEAD" });
  const alone = await ask(origin.url + paths[0]);
  const report = await origin.end();

  const answers = [...together, after, head, alone];
  const sockets = new Set(answers.map((answer) => timing(answer).socket));
  assertEquals(report.seed, 3);
  assertEquals(report.config, origin.config);
  assertEquals(report.requests, 23);
  assertEquals(report.statuses, { "200": 22, "404": 1 });
  assertEquals(report.sockets, sockets.size);
  assertEquals(report.sockets, 21);
  assert(report.peakInFlight > 1 && report.peakInFlight <= 20, `peak ${report.peakInFlight}`);
  assertEquals(report.bytes, answers.reduce((sum, { body }) => sum + body.length, 0));
  assertEquals(report.queueWait, 0);
  assertEquals(report.backlog, 4096);
  const late = answers.map((answer) => timing(answer).served - timing(answer).drawn);
  assert(Math.abs(report.lateness.max - Math.max(...late)) < 0.01);
  assert(Math.abs(report.lateness.mean - late.reduce((a, b) => a + b) / late.length) < 0.01);
});

Deno.test("one at a time is never two at once, and one connection is one socket", async () => {
  await using origin = await startOrigin({ ...quick, median: 1 });
  using agent = keeping(1);
  await origin.begin(1);
  for (const path of paths) await ask(origin.url + path, { agent });
  const { peakInFlight, sockets, requests } = await origin.end();
  assertEquals([peakInFlight, sockets, requests], [1, 1, 20]);
});

Deno.test("a new connection pays what is left of its set-up, a kept one nothing", async () => {
  await using origin = await startOrigin({ median: 0, handshake: 400 });
  // While the machine stands still for as long, a connection has paid before anybody asks.
  const paid: number[] = [];
  while (!paid.some((ms) => ms > 0) && paid.length < 10) {
    using agent = keeping(1);
    const first = timing(await ask(origin.url + paths[0], { agent }));
    const second = timing(await ask(origin.url + paths[1], { agent }));
    assertEquals([second.handshake, second.socket], [0, first.socket]);
    paid.push(first.handshake);
  }
  assert(paid.at(-1)! > 0 && paid.at(-1)! <= 400, `paid ${paid}`);

  // Set-up is counted from the accept: who connects early and asks late has paid already.
  const { hostname, port } = new URL(origin.url);
  using early = await Deno.connect({ hostname, port: Number(port) });
  await ask(origin.url + paths[2]);
  await early.write(
    new TextEncoder().encode(`GET ${paths[3]} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
  );
  const answer = await new Response(early.readable).text();
  assertEquals(/handshake;dur=([\d.]+)/.exec(answer)?.[1], "0");
});
