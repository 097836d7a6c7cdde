/** Recording a host: what is asked, what is kept, and what a second time does. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { startOrigin } from "../../lib/origin/start.ts";
import { openRecording, record } from "../../lib/record/mod.ts";
import { fetching } from "../../lib/client/own_client.ts";
import { trial } from "../../lib/runners/trial.ts";
import { variant } from "../../lib/runners/variant.ts";
import * as strategies from "../../lib/strategies/mod.ts";
import { folder, liveHost, sendJson } from "./live_host.ts";

const quiet = { pause: 0, progress: () => {} };

Deno.test("record: each is asked for three times after one to warm up, one connection a pass", async () => {
  using at = folder();
  await using host = await liveHost({
    "/items/": ({ path }, response) => sendJson(response, { name: path, id: path.length }),
  });
  const recording = await record({
    ...quiet,
    url: `${host.url}/items/{id}?lang=en`,
    ids: [1, 2, "a b"],
    folder: at.path,
    name: "items",
  });
  const paths = ["/items/1?lang=en", "/items/2?lang=en", "/items/a%20b?lang=en"];
  // Each pass begins elsewhere, for the first on a connection may be slower than the rest.
  const [a, b, c] = paths;
  const order = [a, b, c, b, c, a, c, a, b];
  assertEquals(host.seen.map(({ path }) => path), [a, ...order]);
  assertEquals(host.sockets(), 4);
  assert(host.seen.every(({ headers }) => headers["user-agent"].includes("AwaitLab")));
  assertEquals(recording.paths, paths);
  assertEquals([recording.complete, recording.protocol, recording.host], [
    true,
    "HTTP/1.1",
    host.url,
  ]);
  const { requests, handshakes } = recording;
  assertEquals(requests.getColumn("path").toArray(), order);
  const firsts = [0, 3, 6].map((row) => requests.getColumn("first").toArray()[row]);
  assertEquals(firsts, [true, true, true]);
  assertEquals(requests.getColumn("pass").toArray(), [1, 1, 1, 2, 2, 2, 3, 3, 3]);
  assertEquals(requests.getColumn("connection").toArray(), [1, 1, 1, 2, 2, 2, 3, 3, 3]);
  assertEquals(new Set(requests.getColumn("status").toArray()), new Set([200]));
  const sizes = paths.map((path) => JSON.stringify({ name: path, id: path.length }).length);
  const bytes = order.map((path) => sizes[paths.indexOf(path)]);
  assertEquals(requests.getColumn("bytes").toArray(), bytes);
  assertEquals(handshakes.height, 3);
  assert(handshakes.getColumn("connect_ms").toArray().every((ms) => Number(ms) > 0));
  assertEquals(recording.documents.size, 0);
});

Deno.test("record: a second time opens the file and no connection, and a trial runs on it", async () => {
  using at = folder();
  await using host = await liveHost({
    "/items/": ({ path }, response) => sendJson(response, { name: path }),
  });
  const options = { ...quiet, url: `${host.url}/items/{id}`, ids: [1, 2], folder: at.path };
  const first = await record(options);
  const asked = host.sockets();
  const second = await record(options);
  assertEquals(host.sockets(), asked);
  assertEquals([second.file, second.recorded], [first.file, first.recorded]);
  assertEquals(openRecording(first.file).paths, first.paths);
  await using origin = await startOrigin({ replay: second, handshake: 0 });
  const concurrent = variant(strategies.concurrent, fetching);
  const { results, origin: report } = await trial(concurrent, {
    origin,
    paths: second.paths,
    seed: 1,
  });
  assertEquals(results, ["/items/1", "/items/2"]);
  assertEquals([report.requests, report.statuses], [2, { 200: 2 }]);
  assertEquals(host.sockets(), asked);
  await assertRejects(
    () => record({ ...options, name: first.name, ids: [3] }),
    Error,
    `record: ${first.file} holds other requests than these`,
  );
  await record({ ...options, again: true });
  assert(host.sockets() > asked);
});
