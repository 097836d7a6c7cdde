import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Origin } from "../../lib/origin/origin.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { ask, keeping, timing } from "./ask.ts";

const paths = Array.from({ length: 20 }, (_, i) => `/api/v2/pokemon/${i + 1}`);

Deno.test("set-up takes no slot: who has paid it is served while another still does", async () => {
  await using origin = await startOrigin({ median: 1, sigma: 0, handshake: 300, capacity: 1 });
  using agent = keeping(1);
  await ask(origin.url + paths[0], { agent });
  const served = async () => {
    const setting = ask(origin.url + paths[1]);
    await Promise.race([inFlight(origin, 1), setting]);
    const { queue, handshake } = timing(await ask(origin.url + paths[2], { agent }));
    return { queue, handshake, other: timing(await setting).handshake };
  };
  let seen = await served();
  // While the machine stands still for as long, the other's set-up is over before anybody else asks.
  for (let runs = 1; runs < 10 && !(seen.other > 0 && seen.queue === 0); runs++) {
    seen = await served();
  }
  assert(seen.other > 0);
  assertEquals([seen.queue, seen.handshake], [0, 0]);
});

Deno.test("K slots serve no more than K at once; the wait for one is reported", async () => {
  await using origin = await startOrigin({ median: 10, sigma: 0, handshake: 0, capacity: 2 });
  using agent = keeping();
  await origin.begin(1);
  const from = performance.now();
  const answers = await Promise.all(
    paths.slice(0, 8).map(async (path) => timing(await ask(origin.url + path, { agent }))),
  );
  const elapsed = performance.now() - from;
  const { queueWait } = await origin.end();
  assert(elapsed >= 8 * 10 / 2, `8 requests of 10 ms took ${elapsed} ms in 2 slots`);
  const queued = answers.reduce((sum, { queue }) => sum + queue, 0);
  assert(queueWait > 0 && Math.abs(queueWait - queued) < 0.1, `${queueWait} and ${queued} ms`);
});

Deno.test("a client that gives up frees its slot and its place in the queue", async () => {
  await using origin = await startOrigin({ median: 60_000, sigma: 0, handshake: 0, capacity: 5 });
  await origin.begin(1);
  const leaving = new AbortController();
  const given = paths.map((path) =>
    assertRejects(() => ask(origin.url + path, { signal: leaving.signal }))
  );
  // All are there, five of them being served for a minute.
  await inFlight(origin, 20);
  leaving.abort();
  await Promise.all(given);
  await origin.begin(2);
  const { requests, sockets } = await origin.end();
  assertEquals([requests, sockets], [0, 0]);
});

Deno.test("the peak is the most that were in flight at once, queue included", async () => {
  await using origin = await startOrigin({ median: 60_000, sigma: 0, handshake: 0, capacity: 2 });
  await origin.begin(1);
  const leaving = new AbortController();
  const given = paths.map((path) =>
    assertRejects(() => ask(origin.url + path, { signal: leaving.signal }))
  );
  await inFlight(origin, 20);
  assertEquals((await origin.end()).peakInFlight, 20);
  leaving.abort();
  await Promise.all(given);
});

Deno.test("a begin while a request is in flight is refused, and the trial goes on", async () => {
  await using origin = await startOrigin({ median: 60_000, sigma: 0, handshake: 0 });
  await origin.begin(1);
  const leaving = new AbortController();
  const given = assertRejects(() => ask(origin.url + paths[0], { signal: leaving.signal }));
  await inFlight(origin, 1);
  await assertRejects(
    () => origin.begin(2),
    Error,
    "the origin refused /begin: a trial cannot begin while 1 request is in flight",
  );
  const { seed, peakInFlight } = await origin.end();
  assertEquals([seed, peakInFlight], [1, 1]);
  leaving.abort();
  await given;
});

Deno.test("a begin waits for a request that ends within a second", async () => {
  await using origin = await startOrigin({ median: 300, sigma: 0, handshake: 0 });
  await origin.begin(1);
  const given = ask(origin.url + paths[0]);
  // On a machine that stalls it may have been answered before anyone has looked.
  await Promise.race([inFlight(origin, 1), given]);
  await origin.begin(2);
  assertEquals((await origin.end()).requests, 0);
  await given;
});

/** Waits until so many requests are at the origin. */
async function inFlight(origin: Origin, expected: number): Promise<void> {
  for (;;) {
    const now = await (await fetch(`${origin.control}/now`)).json();
    if (now.inFlight === expected) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
