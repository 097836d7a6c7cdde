import { assert, assertEquals, assertGreater, assertRejects, assertThrows } from "@std/assert";
import { conclude } from "../../lib/analysis/conclude.ts";
import { estimate } from "../../lib/analysis/compare.ts";
import { ceilingOf, loadBlocks, type LoadResults } from "../../lib/load/load_blocks.ts";
import { loadLine, loadTable } from "../../lib/load/load_table.ts";
import type { LoadReport } from "../../lib/load/report.ts";
import { tailTable } from "../../lib/load/tail_table.ts";
import { counting } from "./server.ts";

Deno.test("every target once a block and one of them twice, beside the generator's ceiling", async () => {
  await using a = counting(() => new Response("a"));
  await using b = counting(() => new Response("bb"));
  const told: number[] = [];
  const results = await loadBlocks(
    [{ name: "a", url: a.url }, { name: "b", url: b.url, keepAlive: false }],
    {
      ...{ blocks: 3, duration: 40, connections: 2, twin: "a" },
      progress: (done) => told.push(done),
    },
  );
  assertEquals(results.faults, []);
  const kept = ceilingOf({ connections: 2, keepAlive: true });
  const anew = ceilingOf({ connections: 2, keepAlive: false });
  for (const block of [1, 2, 3]) {
    const servers = results.passes.filter((run) => run.block === block).map((run) => run.variant);
    assertEquals(servers.sort(), ["a", kept, anew, "a (twin)", "b"].sort());
  }
  assertEquals(told, Array.from({ length: 21 }, (_, i) => i));
  const table = loadTable(results);
  assertEquals(table.map(({ server, body_bytes }) => [server, body_bytes]), [["a", 1], ["b", 2]]);
  assertEquals(table[0].sockets, 2);
  assertGreater(table[1].sockets, 2);
  assertGreater(table[0].of_ceiling, 0);
  assert(loadLine(results).startsWith("3 blocks of 0.04 s of GETs, 2 at a time"));
  assertEquals(estimate(results).map(({ variant, twin }) => [variant, twin]), [
    ["b", false],
    ["a (twin)", true],
  ]);
});

Deno.test("visits are the same for all servers of a block, and others in the next", async () => {
  await using server = counting(() => new Response(""));
  const targets = [{ name: "a", url: server.url }, { name: "b", url: server.url }];
  const results = await loadBlocks(targets, {
    blocks: 2,
    duration: 100,
    rate: 400,
    connections: 8,
  });
  const sent = results.passes.map(({ block, report: { requests } }) => `${block}: ${requests}`);
  assertEquals(new Set(sent).size, 2, sent.join(", "));
  assertEquals(results.passes.length, 6);
});

Deno.test("an answer that is not OK is a fault, and a faulty experiment ranks nothing", async () => {
  await using server = counting(() => new Response("", { status: 500 }));
  const targets = [{ name: "a", url: server.url }, { name: "b", url: server.url }];
  const results = await loadBlocks(targets, { blocks: 2, duration: 20, connections: 1 });
  assertGreater(results.faults.length, 0);
  assert(estimate(results).every(({ verdict }) => verdict === "can't tell"));
});

/** Results of made-up reports, a list a server, one a block; the rest is as it would be. */
function madeUp(
  reports: Record<string, readonly Partial<LoadReport>[]>,
  rate = Infinity,
): LoadResults {
  const [first, ...others] = Object.keys(reports).filter((name) => !/twin|constant/.test(name));
  const passes = Object.entries(reports).flatMap(([variant, all]) =>
    all.map((own, i) => {
      const report = {
        ...{ connections: 20, keepAlive: true, rate, requests: 1000, bytes: 1000, sockets: 20 },
        ...{ quantiles: { p50: 3, p95: 5, p99: 9 }, answered: 1, growth: 0, machineBusy: 0.5 },
        ...{ generatorCores: 0.5, requestsPerSecond: 1000, ...own },
      } as LoadReport;
      return { variant, block: i + 1, makespan: 1000 / report.requestsPerSecond, report };
    })
  );
  return {
    ...{ passes, variants: [first, ...others], baseline: first, blocks: 4, planned: 4, seed: 1 },
    ...{ twin: { of: first, name: `${first} (twin)` }, margin: 0.05, faults: [] },
    environment: {} as LoadResults["environment"],
  };
}

const rates = (...all: number[]) => all.map((requestsPerSecond) => ({ requestsPerSecond }));

Deno.test("loads are compared as experiments are: by the time of an answer, against the margin", () => {
  const results = madeUp({
    "a": rates(10_000, 9_000, 11_000, 10_000),
    "a (twin)": rates(9_900, 9_100, 11_050, 10_020),
    "b": rates(20_100, 17_900, 22_100, 20_000),
    "c": rates(9_950, 9_030, 10_980, 9_990),
  });
  assertEquals(estimate(results).map(({ verdict }) => verdict), ["faster", "same", "same"]);
  assert(conclude(results, "b").startsWith("B took about half of the time of a"));
});

Deno.test("a rate near the generator's ceiling is marked, and one on a crowded machine", () => {
  const results = madeUp({
    "near": rates(8_100, 8_000, 8_200, 8_050),
    "far": rates(7_000, 7_100, 7_050, 6_900).map((one) => ({ ...one, machineBusy: 0.95 })),
    "both": rates(9_000, 9_000, 9_100, 9_050).map((one) => ({ ...one, machineBusy: 0.9 })),
    [ceilingOf({ connections: 20, keepAlive: true })]: rates(10_000, 10_100, 9_900, 10_000),
  });
  assertEquals(loadTable(results).map(({ mark }) => mark), [
    "bounded by the generator",
    "shares cores",
    "bounded by the generator, shares cores",
  ]);
  const none = { ...results, passes: [], blocks: 0 };
  assertThrows(() => loadTable(none), RangeError, "loadTable: an interval needs 2 blocks or more");
});

Deno.test("a tail is told up to half of the closed-loop rate, the middle up to 70 %, else why not", () => {
  const closed = madeUp({
    ...{ half: rates(800, 800), more: rates(600, 600), most: rates(500, 500) },
    ...{ late: rates(900, 900), few: rates(900, 900) },
  });
  const behind = { answered: 0.5, growth: 1150, quantiles: { p50: NaN, p95: NaN, p99: NaN } };
  const few = { quantiles: { p50: 3, p95: NaN, p99: NaN } };
  const open = madeUp({
    ...{ half: [{}, {}], more: [{}, {}], most: [{}, {}], late: [behind, behind], few: [few, few] },
  }, 400);
  const rows = tailTable(open, closed);
  assertEquals(rows.map(({ p50_ms, p99_ms }) => [p50_ms, p99_ms]), [
    [3, 9],
    [3, NaN],
    [NaN, NaN],
    [NaN, NaN],
    [3, NaN],
  ]);
  assertEquals(rows.map(({ growth_ms_per_s }) => growth_ms_per_s), [NaN, NaN, NaN, 1150, NaN]);
  assertEquals(rows.map(({ left_out }) => left_out), [
    "",
    "p99: above 50 % of the closed-loop rate",
    "p50: above 70 % of the closed-loop rate; p99: above 50 % of the closed-loop rate",
    "it does not keep up: the wait grows",
    "p99: fewer than 20 answers beyond it",
  ]);
  assertThrows(() => tailTable(closed, closed), RangeError, "tailTable: open must be");
  assertThrows(() => tailTable(open, open), RangeError, "tailTable: closed must be");
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
