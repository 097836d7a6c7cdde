import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { startOrigin } from "../../lib/origin/start.ts";
import { needsFiles } from "../needs.ts";
import { ask, type Asking, keeping } from "./ask.ts";

Deno.test("control begins, ends and describes a trial over plain HTTP, for any language", async () => {
  await using origin = await startOrigin({ median: 1, handshake: 0, capacity: 3 });
  assertNotEquals(new URL(origin.control).port, new URL(origin.url).port);
  const post = async (path: string, body = "") =>
    JSON.parse((await ask(origin.control + path, { method: "POST", body })).body);
  // Without an Infinity, which JSON has not.
  const config = JSON.parse(JSON.stringify(origin.config));
  assertEquals(JSON.parse((await ask(`${origin.control}/config`)).body), config);
  assertEquals(await post("/begin", '{"seed":12}'), { seed: 12 });
  await ask(`${origin.url}/api/v2/pokemon/1`);
  const report = await post("/end");
  assertEquals([report.seed, report.requests, report.config], [12, 1, config]);
});

Deno.test("JSON has no Infinity: an unbounded capacity is null to control, not to the lab", async () => {
  await using origin = await startOrigin({ median: 0, handshake: 0 });
  assertEquals(JSON.parse((await ask(`${origin.control}/config`)).body).capacity, null);
  await origin.begin(1);
  assertEquals((await origin.end()).config.capacity, Infinity);
});

Deno.test("control refuses with a sentence what it does not understand", async () => {
  await using origin = await startOrigin({ median: 0, handshake: 0 });
  const refusals: [string, Asking, number, RegExp][] = [
    ["/begin", { method: "POST", body: "" }, 400, /^begin takes a JSON object/],
    ["/begin", { method: "POST", body: "seed=1" }, 400, /^begin takes a JSON object/],
    ["/begin", { method: "POST", body: "[1]" }, 400, /^begin takes a JSON object/],
    ["/begin", { method: "POST", body: "null" }, 400, /^begin takes a JSON object/],
    ["/begin", { method: "POST", body: "{}" }, 400, /^begin takes a JSON object/],
    ["/begin", { method: "POST", body: '{"seed":-1}' }, 400, /^begin: seed must be .* not -1$/],
    ["/begin", { method: "POST", body: '{"seed":"1"}' }, 400, /^begin: seed must be .* not "1"$/],
    [
      "/begin",
      { method: "POST", body: '{"seed":1e999}' },
      400,
      /^begin: seed must be .* not Infinity$/,
    ],
    ["/begin", { method: "POST", body: "x".repeat(5_000) }, 400, /and no more$/],
    ["/begin", {}, 405, /^\/begin is asked for by POST, not by GET$/],
    ["/end", {}, 405, /^\/end is asked for by POST, not by GET$/],
    ["/config", { method: "POST" }, 405, /^\/config is asked for by GET, not by POST$/],
    ["/end", { method: "POST" }, 409, /^no trial has begun/],
    ["/api/v2/pokemon/1", {}, 404, /^control has \/begin, \/end, \/config and \/now/],
    ["/__proto__", {}, 404, /^control has/],
  ];
  for (const [path, asking, status, sentence] of refusals) {
    const answer = await ask(origin.control + path, asking);
    assertEquals([path, answer.status], [path, status]);
    assertMatch(JSON.parse(answer.body).error, sentence);
    if (status === 405) assertEquals(answer.headers.allow, path === "/config" ? "GET" : "POST");
  }
});

Deno.test("control is no part of a trial: it counts neither as requests nor as sockets", async () => {
  await using origin = await startOrigin({ median: 0, handshake: 0 });
  await origin.begin(1);
  using agent = keeping(1);
  for (let i = 0; i < 5; i++) await ask(`${origin.control}/config`, { agent });
  const { requests, sockets, peakInFlight } = await origin.end();
  assertEquals([requests, sockets, peakInFlight], [0, 0, 0]);
});

needsFiles(4096)(
  "end: connections that still stand in line to be accepted are counted, too",
  async () => {
    await using origin = await startOrigin();
    const { hostname, port } = new URL(origin.url);
    // A client has its connection before the server has accepted it.
    for (const many of [1, 40, 800]) {
      await origin.begin(1);
      const connections = await Promise.all(
        Array.from({ length: many }, () => Deno.connect({ hostname, port: Number(port) })),
      );
      const { sockets } = await origin.end();
      for (const connection of connections) connection.close();
      assertEquals(sockets, many);
    }
  },
);
