import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { startOrigin } from "../../lib/origin/start.ts";
import { peer } from "../../lib/peers/peer.ts";
import { peerSettings } from "../../lib/peers/peer_plan.ts";
import * as peers from "../../lib/peers/mod.ts";
import { keptAlive } from "../../lib/client/library_clients.ts";
import { trial } from "../../lib/runners/trial.ts";
import { variant } from "../../lib/runners/variant.ts";
import { concurrent } from "../../lib/strategies/mod.ts";
import { needs } from "../needs.ts";

const test = needs("go", "python");

const names = ({ variants }: { variants: readonly { name: string }[] }) =>
  variants.map(({ name }) => name);

test("a study's peers are those of its study, under names that tell them apart", async () => {
  const article = await peers.variants("as shipped", { set: "article" });
  assertEquals(names(article), [
    "Python requests/new",
    "Go sequential/new",
    "Python requests/kept",
    "Python aiohttp-naive/kept",
    "Go sequential/kept",
    "Go concurrent/kept",
    "Python aiohttp-concurrent/kept",
  ]);
  assertEquals(article.missing, []);
  const lanes = await peers.variants("equalised", { set: "lanes", concurrency: 10 });
  assertEquals(lanes.variants.map(({ concurrency }) => concurrency), [10, 10, 10, 10]);
  const fastest = await peers.variants("equalised", { set: "fastest" });
  assertEquals(names(fastest), [
    "Go concurrent/kept",
    "Python aiohttp-concurrent/kept",
  ]);
});

test("as shipped the executor has its own threads; equalised it has those asked for", async () => {
  const shipped = await peers.variants("as shipped", { set: "batches", concurrency: 16 });
  const equal = await peers.variants("equalised", { set: "batches", concurrency: 16 });
  const executor = "Python requests-executor";
  assertEquals(names(shipped)[1], `${executor}/kept`);
  assertEquals(names(equal)[1], `${executor}(16)/kept`);
  assertEquals(equal.variants[1].concurrency, 16);
});

Deno.test("equalised, a client has as many connections as its requests may overlap", () => {
  const limit = (requests: number, concurrency: number) =>
    peerSettings("equalised", requests, concurrency, "whole").connectionLimit;
  assertEquals([limit(150, Infinity), limit(150, 10), limit(4, 10), limit(0, Infinity)], [
    ...[150, 10, 4, 1],
  ]);
  assertEquals(peerSettings("as shipped", 150, 10, "none"), {
    ...{ connectionLimit: null, acceptEncoding: "default", decode: "none" },
  });
});

test("the settings in force are what the libraries say of themselves, Deno's beside them", async () => {
  await using origin = await startOrigin({ median: 2, handshake: 1 });
  const paths = ["/api/v2/pokemon/1", "/api/v2/pokemon/2", "/api/v2/pokemon/3"];
  const rows = [];
  for (const table of ["as shipped", "equalised"] as const) {
    const { variants } = await peers.variants(table, { set: "thousand", concurrency: 2 });
    const trials = [];
    for (const each of [variant(concurrent, keptAlive), ...variants]) {
      trials.push(await trial(each, { origin, paths, seed: 1 }));
    }
    rows.push(peers.settings(trials));
  }
  const [shipped, equal] = rows;
  for (const row of [...shipped, ...equal]) {
    assertEquals(row.received, "3 identity", row.variant);
    assertEquals(row.bytes, row.sent, row.variant);
    assertEquals(row.backlog, 4096, row.variant);
  }
  const settings = (table: typeof shipped, name: string) =>
    table.find(({ variant }) => variant.startsWith(name))!.settings;
  assertStringIncludes(settings(shipped, "concurrent"), "connections at most: unlimited");
  assertStringIncludes(settings(shipped, "Go"), "idle connections: 2");
  assertStringIncludes(settings(shipped, "Go"), "accept-encoding: gzip");
  assertStringIncludes(settings(equal, "Go concurrent"), "idle connections: 3");
  assertStringIncludes(settings(equal, "Go concurrent"), "accept-encoding: none");
  assertStringIncludes(settings(shipped, "Python aiohttp"), "connections at most: 100");
  assertStringIncludes(settings(equal, "Python aiohttp-concurrent"), "connections at most: 3");
  assertStringIncludes(settings(shipped, "Python urllib3"), "threads: min(32, cores + 4)");
  assertStringIncludes(settings(shipped, "Python urllib3"), "connections kept: 1,");
  assertStringIncludes(settings(equal, "Python urllib3"), "threads: 2");
  assertStringIncludes(settings(shipped, "Python requests-executor"), "connections kept: none,");
  assertEquals(equal.map(({ versions }) => versions.split(" ")[0]), [
    ...["deno", "go", "go", "python", "python", "python", "python", "python"],
  ]);
});

Deno.test("a peer or an option that does not exist is named, with those that do", async () => {
  const unknown = assertThrows(() => peer("go", "parallel"), RangeError);
  assertStringIncludes(unknown.message, 'peer("go", "parallel") does not exist; there are');
  assertStringIncludes(unknown.message, 'peer("go", "concurrent")');
  const one = { decode: "name" } as const;
  assertThrows(() => peer("python", "requests", one), RangeError, '"whole" or "none", not "name"');
  assertThrows(() => peer("go", "pool"), TypeError, "concurrency has to be given");
  assertThrows(() => peer("go", "pool", { concurrency: 0 }), RangeError, "up, not 0");
  assertThrows(() => peer("go", "concurrent", { concurrency: 5 }), RangeError, "concurrency");
  const table = "shipped" as "as shipped";
  assertThrows(() => peer("go", "concurrent", { table }), RangeError, 'table must be "as shipped"');
  const set = "everything" as "article";
  await assertRejects(
    () => peers.variants("equalised", { set }),
    RangeError,
    '"lanes", "thousand" or "fastest", not "everything"',
  );
});
