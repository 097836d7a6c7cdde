import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { compareLoads, loadLine, loadTable } from "../../lib/load/compare_loads.ts";
import { loadBlocks } from "../../lib/load/load_blocks.ts";
import { counting } from "./server.ts";

Deno.test("every target once a block, in an order of its own, and one of them twice", async () => {
  await using a = counting(() => new Response("a"));
  await using b = counting(() => new Response("bb"));
  const told: number[] = [];
  const results = await loadBlocks(
    [{ name: "a", url: a.url }, { name: "b", url: b.url, keepAlive: false, requests: 8 }],
    { blocks: 3, requests: 10, connections: 2, twin: "a", progress: (done) => told.push(done) },
  );
  assertEquals(results.faults, []);
  assertEquals([a.requests, b.requests], [2 * 4 * 10, 4 * 8]);
  for (const block of [1, 2, 3]) {
    const servers = results.passes.filter((run) => run.block === block).map((run) => run.variant);
    assertEquals(servers.sort(), ["a", "a (twin)", "b"]);
  }
  assertEquals(told, Array.from({ length: 13 }, (_, i) => i));
  const table = loadTable(results);
  assertEquals(table.map(({ server }) => server), ["a", "b"]);
  assertEquals(table.map(({ sockets, body_bytes }) => [sockets, body_bytes]), [[2, 1], [8, 2]]);
  assert(loadLine(results).startsWith("3 blocks of "));
});

Deno.test("an answer that is not OK is a fault, and a faulty experiment ranks nothing", async () => {
  await using server = counting(() => new Response("", { status: 500 }));
  const targets = [{ name: "a", url: server.url }, { name: "b", url: server.url }];
  const results = await loadBlocks(targets, { blocks: 2, requests: 4, connections: 1 });
  assertGreater(results.faults.length, 0);
  assert(compareLoads(results).every(({ verdict }) => verdict === "can't tell"));
});

Deno.test("what is wrong is named before any request is made", async () => {
  await using server = counting(() => new Response(""));
  const a = { name: "a", url: server.url };
  await assertRejects(() => loadBlocks([a, a]), RangeError, "a name of its own");
  await assertRejects(() => loadBlocks([a], { blocks: 1 }), RangeError, "blocks must be");
  await assertRejects(
    () => loadBlocks([a], { twin: "b" }),
    RangeError,
    'twin must be "a", not "b"',
  );
  await assertRejects(() => loadBlocks([a], { rate: -1 }), RangeError, "rate");
  assertEquals(server.requests, 0);
});
