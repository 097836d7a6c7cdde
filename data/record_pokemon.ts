/**
 * `deno run -A --no-lock data/record_pokemon.ts`: records our own origin as if it were far away, and
 * writes data/pokemon_recording.json.gz. A relay stands between them for the distance: it sets up TLS
 * no sooner than a handshake takes, and lets so many bytes through in a second.
 */
import { connect, createServer, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { startOrigin } from "../lib/origin/start.ts";
import { record } from "../lib/recording/record.ts";

/** Of the origin: the scale of the Pokémon article. */
const LATENCY = { median: 45, sigma: 0.4, seed: 20 };
/** What a new connection pays, ms. */
const HANDSHAKE = 119;
/** Bytes let through in a ms: 20 Mbit/s. */
const RATE = 2_500;
/** Where the relay listens; a recording says whose it is. */
const PORT = 8443;

const beside = (name: string) => new URL(name, import.meta.url).pathname;
const certificate = beside("../test/recording/certificate.pem");
const credentials = {
  isServer: true,
  key: Deno.readTextFileSync(beside("../test/recording/key.pem")),
  cert: Deno.readTextFileSync(certificate),
};

/** Passes on what comes, at the rate. */
async function through(from: AsyncIterable<Uint8Array>, to: Socket, rate: number): Promise<void> {
  let free = 0;
  for await (const chunk of from) {
    const now = performance.now();
    free = Math.max(free, now) + chunk.length / rate;
    if (free > now + 1) await new Promise((resolve) => setTimeout(resolve, free - now));
    to.write(chunk);
  }
  to.end();
}

await using origin = await startOrigin({ ...LATENCY, payload: "full", handshake: 0 });
const { hostname, port } = new URL(origin.url);
const relay = createServer({ noDelay: true }, (socket) => {
  setTimeout(() => {
    const near = new TLSSocket(socket, credentials);
    const far = connect({ host: hostname, port: Number(port), noDelay: true });
    for (const end of [near, far]) end.on("error", () => [near, far].map((each) => each.destroy()));
    through(near, far, Infinity).catch(() => {});
    through(far, near, RATE).catch(() => {});
  }, HANDSHAKE);
});
await new Promise<void>((resolve) => relay.listen(PORT, "127.0.0.1", resolve));
const { file, requests, handshakes } = await record({
  url: `https://localhost:${PORT}/api/v2/pokemon/{id}`,
  ids: Array.from({ length: 40 }, (_, i) => 1 + 23 * i),
  times: 5,
  pause: 0,
  most: 250,
  certificates: certificate,
  folder: beside("."),
  name: "pokemon_recording",
  again: true,
});
relay.close();
console.log(`${file}: ${requests.height} answers, ${handshakes.height} handshakes`);
