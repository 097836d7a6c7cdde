/**
 * Records the example that chapter 10 asks its questions of: forty of our origin's documents, in
 * full, from behind a gate and a road such as APIs on the web have.
 *
 *     deno run -A --no-lock data/record_example.ts
 *
 * Takes about half a minute.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { connect, createServer as createRoad, type Server, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { request } from "undici";
import { record } from "../lib/recording/record.ts";
import { startOrigin } from "../lib/origin/start.ts";

/** Where the road begins; the links in the documents say so. */
const PORT = 8443;
/** What the gate has kept already: the Pokémon of the first generation, which everybody asks for. */
const KEPT = 151;
/** What it takes the gate to fetch anything else, the first time that somebody asks for it, ms. */
const FETCHED = 150;
/** What the road lets through: kilobytes a second. */
const SPEED = 4000;
/** What a connection takes to come about on it, ms, before TLS begins. */
const WAY = 70;

/** Of those that are kept every ninth, and more of the others, which are smaller. */
const ids = Array.from({ length: 40 }, (_, i) => i < 16 ? 7 + 9 * i : 160 + 30 * (i - 16));

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Listens on a port of this machine; resolves with it. */
function listen(server: Server): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  return promise;
}

/** For localhost; nothing but this and the tests trusts it. */
const pem = (name: string) =>
  fileURLToPath(new URL(`../test/recording/${name}.pem`, import.meta.url));

/** The way from a client to the gate: it takes a while to begin, and lets so much through. */
async function pave(near: Socket, port: number): Promise<void> {
  const far = connect(port, "127.0.0.1");
  near.on("error", () => far.destroy()).on("close", () => far.destroy());
  far.on("error", () => near.destroy());
  await wait(WAY);
  near.pipe(far);
  let free = performance.now();
  for await (const chunk of far) {
    free = Math.max(free, performance.now()) + chunk.length / SPEED;
    if (free - performance.now() > 1) await wait(free - performance.now());
    near.write(chunk);
  }
  near.end();
}

await using origin = await startOrigin({ payload: "full", median: 40, sigma: 0.2, handshake: 0 });
const kept = new Set<string>();
const gate = createServer(
  { key: readFileSync(pem("key")), cert: readFileSync(pem("certificate")) },
  async ({ url = "" }, answer) => {
    const id = Number(url.split("/").at(-1));
    if (id > KEPT && !kept.has(url)) await wait(FETCHED);
    kept.add(url);
    const { body } = await request(origin.url + url, { headers: { host: `localhost:${PORT}` } });
    const document = await body.bytes();
    answer.writeHead(200, {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Length": document.length,
    });
    answer.end(document);
  },
);
const behind = await listen(gate);
const road = createRoad((near) => void pave(near, behind).catch(() => near.destroy()));
road.listen(PORT, "127.0.0.1");
const { requests, handshakes } = await record({
  url: `https://localhost:${PORT}/api/v2/pokemon/{id}`,
  ids,
  certificates: pem("certificate"),
  pause: 50,
  name: "example",
  folder: fileURLToPath(new URL("recordings/", import.meta.url)),
  again: true,
});
console.log(requests.describe().toString(), handshakes.toString());
Deno.exit(0);
