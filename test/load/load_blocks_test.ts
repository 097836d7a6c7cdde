import { assert, assertEquals, assertGreater, assertRejects, assertThrows } from "@std/assert";
import { compareLoads, loadLine, loadTable } from "../../lib/load/compare_loads.ts";
import { loadBlocks, type LoadResults, type LoadRun } from "../../lib/load/load_blocks.ts";
import type { LoadReport } from "../../lib/load/report.ts";
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
    const servers = results.runs.filter((run) => run.block === block).map((run) => run.server);
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
  assert(compareLoads(results).every(({ verdict }) => verdict === "~" || verdict === "baseline"));
});

/** Results of made-up makespans, a row a server, a column a block. */
function madeUp(makespans: Record<string, readonly number[]>): LoadResults {
  const [first, ...others] = Object.keys(makespans).filter((name) => !name.endsWith("(twin)"));
  const runs = Object.entries(makespans).flatMap(([server, all]) =>
    all.map((makespan, i): LoadRun => {
      const report = { makespan, requestsPerSecond: 1000 / makespan } as LoadReport;
      return { server, block: i + 1, report };
    })
  );
  const twin = { of: first, name: `${first} (twin)` };
  const servers = [first, ...others];
  return { runs, servers, twin, blocks: 4, seed: 1, faults: [] } as unknown as LoadResults;
}

Deno.test("a server is ranked only where it clears its twin's noise", () => {
  const results = madeUp({
    "a": [100, 110, 90, 100],
    "a (twin)": [104, 106, 93, 98],
    "b": [51, 54, 46, 49],
    "c": [103, 107, 94, 97],
  });
  const verdicts = (baseline?: string) => compareLoads(results, baseline).map((row) => row.verdict);
  assertEquals(verdicts(), ["baseline", "faster", "~"]);
  assertEquals(verdicts("b"), ["slower", "baseline", "slower"]);
  const { ratio, low, high, speed_up } = compareLoads(results)[1];
  assert(low < ratio && ratio < high && Math.abs(ratio - 0.5) < 0.02);
  assertEquals(speed_up, 1 / ratio);
  assertThrows(() => compareLoads(results, "d"), RangeError, 'no load on "d"');
});

Deno.test("what is wrong is named before any request is made", async () => {
  await using server = counting(() => new Response(""));
  const a = { name: "a", url: server.url };
  await assertRejects(() => loadBlocks([a, a]), RangeError, "names of their own");
  await assertRejects(() => loadBlocks([a], { blocks: 1 }), RangeError, "blocks must be");
  await assertRejects(() => loadBlocks([a], { twin: "b" }), RangeError, 'twin "b"');
  await assertRejects(() => loadBlocks([a], { rate: -1 }), RangeError, "rate");
  assertEquals(server.requests, 0);
});
