import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { startOrigin } from "../../lib/origin/start.ts";
import { needsFiles } from "../needs.ts";
import { ask, exchange, keeping, timing } from "./ask.ts";

const still = { median: 0, handshake: 0 };

Deno.test("hostile paths are answered, and the origin goes on", async () => {
  await using origin = await startOrigin(still);
  const targets = [
    "/api/v2/pokemon/../../../../etc/passwd",
    "/api/v2/pokemon/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/api/v2/pokemon/%00",
    "/api/v2/pokemon/%",
    "/api/v2/pokemon/__proto__",
    "/api/v2/pokemon/constructor",
    "/api/v2/pokemon/1;drop",
    "/api/v2/pokemon/-1",
    "/api/v2/pokemon/1e0",
    "/api/v2/pokemon/9".padEnd(9_000, "9"),
    "http://elsewhere.test/api/v2/pokemon/1",
    "*",
  ];
  for (const target of targets) {
    const answer = await exchange(
      origin.url,
      `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    assertMatch(answer, /^HTTP\/1\.1 4\d\d /, target.slice(0, 60));
  }
  assertEquals((await ask(`${origin.url}/api/v2/pokemon/1`)).status, 200);
});

Deno.test("what is not HTTP, or too long for it, is refused without harm", async () => {
  await using origin = await startOrigin(still);
  const garbage = [
    "FOO BAR\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    `GET /${"x".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /api/v2/pokemon/1 HTTP/1.1\r\n\r\n",
  ];
  for (const text of garbage) {
    const answer = await exchange(origin.url, text);
    assert(!answer.startsWith("HTTP/1.1 200"), answer.slice(0, 100));
  }
  assertEquals((await ask(`${origin.url}/api/v2/pokemon/1`)).status, 200);
});

Deno.test("a query as long as a header may be is served, and counts as a path of its own", async () => {
  await using origin = await startOrigin(still);
  using agent = keeping(1);
  const url = `${origin.url}/api/v2/pokemon/1?q=${"x".repeat(8_000)}`;
  const first = await ask(url, { agent });
  assertEquals([first.status, timing(first).k], [200, 1]);
  assertEquals(timing(await ask(url, { agent })).k, 2);
  assertEquals(timing(await ask(`${origin.url}/api/v2/pokemon/1`, { agent })).k, 1);
});

Deno.test("pipelined requests are each drawn, counted and answered in order", async () => {
  await using origin = await startOrigin({ median: 5, handshake: 10 });
  await origin.begin(1);
  const get = (id: number, more = "") =>
    `GET /api/v2/pokemon/${id} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
  const answer = await exchange(origin.url, get(1) + get(2) + get(3, "Connection: close\r\n"));
  const ids = [...answer.matchAll(/"id":(\d+),"is_default"/g)].map(([, id]) => Number(id));
  assertEquals(ids, [1, 2, 3]);
  const { requests, sockets, statuses } = await origin.end();
  assertEquals([requests, sockets, statuses], [3, 1, { "200": 3 }]);
});

Deno.test("a body that nobody asked for does not keep a connection from its next request", async () => {
  await using origin = await startOrigin(still);
  const answer = await exchange(
    origin.url,
    `POST /api/v2/pokemon/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n${
      "a".repeat(300_000)
    }GET /api/v2/pokemon/2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
  );
  assertStringIncludes(answer, "HTTP/1.1 405");
  assertStringIncludes(answer, '"name":"ivysaur"');
});

Deno.test("connections that say nothing, or half of something, are nobody's trouble", async () => {
  await using origin = await startOrigin(still);
  const { hostname, port } = new URL(origin.url);
  await origin.begin(1);
  const open = await Promise.all(
    Array.from({ length: 20 }, () => Deno.connect({ hostname, port: Number(port) })),
  );
  for (const connection of open.slice(10)) {
    await connection.write(new TextEncoder().encode("GET /api/v2/pokemon/1 HTTP/1.1\r\nHos"));
  }
  assertEquals((await ask(`${origin.url}/api/v2/pokemon/1`)).status, 200);
  const { requests, sockets, peakInFlight } = await origin.end();
  assertEquals([requests, sockets, peakInFlight], [1, 21, 1]);
  for (const connection of open) connection.close();
  await origin.begin(2);
});

Deno.test("an idle connection is kept: the origin never hangs up on a client", async () => {
  await using origin = await startOrigin(still);
  using agent = keeping(1);
  const first = await ask(`${origin.url}/api/v2/pokemon/1`, { agent });
  assertEquals(first.headers.connection, "keep-alive");
  // A server that would hang up announces after how many seconds or requests.
  assertEquals(first.headers["keep-alive"], undefined);
  for (let i = 0; i < 300; i++) {
    const { socket } = timing(await ask(`${origin.url}/api/v2/pokemon/1`, { agent }));
    assertEquals(socket, timing(first).socket);
  }
});

needsFiles(4096)("a thousand connections at once are all accepted and counted", async () => {
  await using origin = await startOrigin(still);
  await origin.begin(1);
  const statuses = await Promise.all(
    Array.from({ length: 1000 }, async (_, i) => {
      return (await ask(`${origin.url}/api/v2/pokemon/${i + 1}`, { method: "HEAD" })).status;
    }),
  );
  assertEquals(statuses.filter((status) => status !== 200), []);
  const { requests, sockets } = await origin.end();
  assertEquals([requests, sockets], [1000, 1000]);
});
