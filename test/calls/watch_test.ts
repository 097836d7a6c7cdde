import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { Pool, request } from "undici";
import { get } from "node:http";
import { watch, type Watched } from "../../lib/calls/watch.ts";
import { startStage } from "./stage.ts";

type Row = Record<string, number> & { call: string; state: string };
const rows = (seen: { calls: Watched<unknown>["calls"] }) => seen.calls.toRecords() as Row[];
const states = (seen: Watched<unknown>) => rows(seen).map(({ state }) => state);
const json = async (url: string) => await (await fetch(url)).json();

Deno.test("watch returns what the code returns, and puts fetch back", async () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, "fetch");
  const seen = await watch(() => Promise.resolve(42));
  assertEquals(seen.value, 42);
  assertEquals(seen.calls.height, 0);
  assertEquals(Object.getOwnPropertyDescriptor(globalThis, "fetch"), before);
  assertEquals((await watch(() => "at once")).value, "at once");
});

Deno.test("a staircase and a wall are seen as what they are", async () => {
  await using stage = await startStage();
  const stairs = await watch(async () => {
    for (const id of [1, 2, 3]) await json(`${stage.url}/item/${id}`);
  });
  const ends = rows(stairs).map(({ end_ms }) => end_ms);
  rows(stairs).slice(1).forEach(({ start_ms }, i) => assert(start_ms >= ends[i]));
  assertEquals(stairs.table.toRecords()[0].peak_in_flight, 1);
  const wall = await watch(() =>
    Promise.all([1, 2, 3].map((id) => json(`${stage.url}/together/3/${id}`)))
  );
  assertEquals(wall.table.toRecords()[0].peak_in_flight, 3);
  assertEquals(
    rows(wall).map(({ call }) => call),
    [1, 2, 3].map((id) => `GET ${stage.host}/together/3/${id}`),
  );
});

Deno.test("of the table only how it ran was measured; ideals follow from the latencies alone", async () => {
  await using stage = await startStage();
  const seen = await watch(async () => {
    for (const id of [1, 2, 3, 4, 5]) await json(`${stage.url}/item/${id}`);
  }, { pools: [2] });
  const latencies = rows(seen).map(({ latency_ms }) => latency_ms);
  const table = seen.table.toRecords() as { schedule: string; time_ms: number; share: number }[];
  assertEquals(table.map(({ schedule }) => schedule), [
    "as it ran",
    "one at a time",
    "pool(2)",
    "all at once",
  ]);
  const [ran, one, pool, all] = table.map(({ time_ms }) => time_ms);
  const sum = latencies.reduce((a, b) => a + b);
  assert(Math.abs(one - sum) < 1e-6 && ran >= one - 1e-6);
  assert(Math.abs(all - Math.max(...latencies)) < 1e-6);
  assert(pool >= Math.max(all, sum / 2) - 1e-6 && pool <= one);
  assertEquals(stage.visits.length, 5);
});

Deno.test("bodies: streamed to the end, cancelled, broken off, empty, never read", async () => {
  await using stage = await startStage();
  const stop = new AbortController();
  const seen = await watch(async () => {
    const pieces = [];
    for await (const piece of (await fetch(`${stage.url}/stream`)).body!) pieces.push(piece);
    await (await fetch(`${stage.url}/begun`)).body!.cancel();
    await (await fetch(`${stage.url}/half`)).text().catch(() => {});
    await fetch(`${stage.url}/empty`);
    const unread = await fetch(`${stage.url}/begun`);
    const ended = fetch(`${stage.url}/never`, { signal: stop.signal }).catch(() => {});
    await stage.holds(2);
    stop.abort();
    await ended;
    await fetch("http://127.0.0.1:1/").catch(() => {});
    return { unread, bytes: pieces.reduce((sum, { length }) => sum + length, 0) };
  });
  assertEquals(states(seen), ["done", "aborted", "failed", "done", "open", "aborted", "failed"]);
  assertEquals(rows(seen).map(({ status }) => status), [200, 200, 200, 204, 200, 0, 0]);
  assertEquals(rows(seen)[0].bytes, seen.value.bytes);
  assert(seen.assumption.includes("2 failed and 2 aborted"), seen.assumption);
  assert(seen.assumption.includes("Still open at the end, and left out: 1."), seen.assumption);
  await seen.value.unread.body!.cancel();
});

Deno.test("an answer is fetch's own in all that a reader may ask of it", async () => {
  await using stage = await startStage();
  const bare = await fetch(`${stage.url}/redirect`);
  await watch(async () => {
    const seen = await fetch(new Request(`${stage.url}/redirect`));
    for (
      const name of ["status", "statusText", "ok", "url", "redirected", "type", "bodyUsed"] as const
    ) {
      assertEquals(seen[name], bare[name], name);
    }
    assert(seen instanceof Response);
    assertEquals([...seen.headers.keys()], [...bare.headers.keys()]);
    const clone = seen.clone();
    assertEquals(clone.url, bare.url);
    assertEquals(await clone.json(), await seen.json());
    assertEquals(seen.bodyUsed, true);
    await assertRejects(() => seen.text(), TypeError);
    const reader = (await fetch(`${stage.url}/item/1`)).body!.getReader({ mode: "byob" });
    const { value } = await reader.read(new Uint8Array(4));
    assertEquals(new TextDecoder().decode(value), '{"id');
    await reader.cancel();
  });
  await bare.body?.cancel();
});

Deno.test("requests still open when the code has returned are open, and go on", async () => {
  await using stage = await startStage();
  let late: Promise<unknown> = Promise.resolve();
  const seen = await watch(async () => {
    late = json(`${stage.url}/together/2/late`);
    await stage.holds(1);
  });
  assertEquals(states(seen), ["open"]);
  await json(`${stage.url}/together/2/other`);
  assertEquals(((await late) as { path: string }).path, "/together/2/late");
  assertEquals(states(seen), ["open"], "what was seen does not change");
});

Deno.test("nested watches both see the inner one's requests; side by side each sees its own", async () => {
  await using stage = await startStage();
  const outer = await watch(async () => {
    await json(`${stage.url}/item/1`);
    return await watch(() => json(`${stage.url}/item/2`));
  });
  assertEquals(outer.calls.height, 2);
  assertEquals(outer.value.calls.height, 1);
  const [a, b] = await Promise.all(["a", "b"].map((name) =>
    watch(async () => {
      await json(`${stage.url}/together/2/${name}`);
      await (await request(`${stage.url}/together/2/${name}`)).body.text();
    })
  ));
  assertEquals(rows(a).map(({ call }) => call.at(-1)), ["a", "a"]);
  assertEquals(rows(b).map(({ call }) => call.at(-1)), ["b", "b"]);
});

Deno.test("traffic of others does not count, whatever it is made with", async () => {
  await using stage = await startStage();
  const go = Promise.withResolvers<void>();
  const other = go.promise.then(async () => {
    await json(`${stage.url}/item/7`);
    await (await request(`${stage.url}/item/7`)).body.text();
    await new Promise((resolve) =>
      get(`${stage.url}/item/7`, (a) => a.resume().once("end", resolve))
    );
  });
  const seen = await watch(async () => {
    go.resolve();
    await Promise.all([other, json(`${stage.url}/item/1`)]);
  });
  assertEquals(rows(seen).map(({ call }) => call), [`GET ${stage.host}/item/1`]);
  assertEquals(stage.visits.length, 4);
});

Deno.test("what the code throws is thrown on, after what was seen has been shown", async () => {
  await using stage = await startStage();
  const error = new TypeError("of the code");
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => lines.push(line);
  try {
    const thrown = await watch(async () => {
      await json(`${stage.url}/item/1`);
      throw error;
    }).catch((thrown) => thrown);
    assertStrictEquals(thrown, error);
  } finally {
    console.log = log;
  }
  assert(lines[0].startsWith("[chart] 1 request in "), lines[0]);
  assert(lines[1].includes("until it threw"), lines[1]);
  assertEquals(typeof fetch, "function");
});

Deno.test("a watch can be called off: it shows what it saw, and says why", async () => {
  await using stage = await startStage();
  const stop = new AbortController();
  const log = console.log;
  console.log = () => {};
  try {
    const before = fetch;
    const watched = watch(() => fetch(`${stage.url}/never`), { signal: stop.signal });
    await stage.holds(1);
    stop.abort(new Error("enough"));
    await assertRejects(() => watched, Error, "enough");
    assertStrictEquals(fetch, before);
  } finally {
    console.log = log;
  }
});

Deno.test("what the code puts in fetch's place stays there", async () => {
  await using stage = await startStage();
  const own = Object.getOwnPropertyDescriptor(globalThis, "fetch")!;
  try {
    let asked = 0;
    const seen = await watch(async () => {
      const before = globalThis.fetch;
      globalThis.fetch = (...args) => (asked++, before(...args));
      await json(`${stage.url}/item/1`);
    });
    assertEquals([asked, seen.calls.height], [1, 1]);
    await json(`${stage.url}/item/1`);
    assertEquals(asked, 2);
    assertEquals((await watch(() => json(`${stage.url}/item/1`))).calls.height, 1);
  } finally {
    Object.defineProperty(globalThis, "fetch", own);
  }
});

Deno.test("connections and waits are known where undici makes them", async () => {
  await using stage = await startStage();
  const pool = new Pool(stage.url, { connections: 2 });
  const seen = await watch(() =>
    Promise.all([1, 2, 3, 4].map(async (id) => {
      const { body } = await pool.request({ method: "GET", path: `/together/2/${id}` });
      return await body.json();
    }))
  );
  assertEquals(new Set(rows(seen).map(({ connection }) => connection)), new Set([0, 1]));
  assertEquals(seen.table.toRecords()[0].peak_in_flight, 2);
  assert(
    rows(seen).every(({ blocked_ms, handshake_ms, latency_ms }) =>
      blocked_ms >= 0 && handshake_ms >= 0 && blocked_ms + handshake_ms <= latency_ms
    ),
  );
  assertEquals(rows(seen).filter(({ handshake_ms }) => handshake_ms > 0).length, 2);
  await pool.close();
});

Deno.test("no secret of an address is kept", async () => {
  await using stage = await startStage();
  const seen = await watch(async () => {
    await json(`${stage.url.replace("//", "//me:hunter2@")}/item/1?key=hunter2#hunter2`);
    await (await request(`${stage.url}/item/1?key=hunter2`)).body.text();
  });
  assert(!JSON.stringify([seen, seen.chart, rows(seen)]).includes("hunter2"));
  assertEquals(seen.calls.height, 2);
});

Deno.test("watch refuses what has begun already, and unknown options", async () => {
  const begun = Promise.resolve(1) as unknown as () => number;
  await assertRejects(() => watch(begun), TypeError, "watch: code must be a function");
  const wrong = { pool: [4] } as Record<string, unknown>;
  await assertRejects(() => watch(() => 1, wrong), TypeError, "watch: pool is not an option");
  await assertRejects(() => watch(() => 1, { pools: [1] }), RangeError, "watch: pools[0]");
});
