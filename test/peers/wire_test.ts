/** What came over the wire is told apart from what was made of it. */
import { assert, assertEquals } from "@std/assert";
import { implementations } from "../../lib/peers/implementations.ts";
import type { PeerRun } from "../../lib/peers/peer.ts";
import { peer, type PeerOptions } from "../../lib/peers/peer.ts";
import { needs } from "../needs.ts";

const test = needs("go", "python");

/** Every implementation's run against a server of this process. */
async function runAll(handler: Deno.ServeHandler, options: PeerOptions): Promise<PeerRun[]> {
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, handler);
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const signal = new AbortController().signal;
  const task = { origin, paths: ["/a", "/b"], method: "GET" as const, deadline: 30_000, signal };
  return await Promise.all(
    implementations.map(({ language, name, bounded }) =>
      peer(language, name, { ...options, ...(bounded ? { concurrency: 2 } : {}) })
        .run({ ...task, onSample() {} })
    ),
  );
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Response(text).body!.pipeThrough(new CompressionStream("gzip"));
  return await new Response(stream).bytes();
}

const document = JSON.stringify({ name: "mew", moves: Array(2000).fill("pound") });

test("compressed answers are counted as they came, and equalised nobody asks for them", async () => {
  const packed = await gzip(document);
  const handler = (request: Request) => {
    const asked = request.headers.get("accept-encoding")?.includes("gzip");
    const encoding = { "content-encoding": asked ? "gzip" : "identity" };
    const headers = { "content-type": "application/json", ...encoding };
    return new Response(asked ? packed : document, { headers });
  };
  const [shipped, equalised] = [
    await runAll(handler, { table: "as shipped" }),
    await runAll(handler, { table: "equalised" }),
  ];
  for (const [i, { library, name }] of implementations.entries()) {
    assertEquals(shipped[i].results, ["mew", "mew"], name);
    assertEquals(equalised[i].results, ["mew", "mew"], name);
    assertEquals(equalised[i].peer.encodings, { identity: 2 }, name);
    assertEquals(equalised[i].samples.bytes, [document.length, document.length], name);
    // urllib3 is the one that does not ask.
    const encoding = library === "urllib3" ? "identity" : "gzip";
    assertEquals(shipped[i].peer.encodings, { [encoding]: 2 }, name);
    const size = encoding === "gzip" ? packed.length : document.length;
    for (const bytes of shipped[i].samples.bytes) {
      // Go's transport unpacks by itself: what its connection received has the headers too.
      const most = library === "net/http" ? size + 500 : size;
      assert(size <= bytes && bytes <= most, `${name}: ${bytes} bytes, where ${size} were sent`);
    }
  }
});

test("a body that is no JSON is a decode error, and costs the others nothing", async () => {
  const runs = await runAll(({ url }) => {
    if (url.endsWith("/a")) {
      return new Response("<html>", { headers: { "content-type": "text/html" } });
    }
    return new Response(document, { headers: { "content-type": "application/json" } });
  }, {});
  for (const [i, { samples, results, peer }] of runs.entries()) {
    const { name } = implementations[i];
    assertEquals(samples.error[samples.path.indexOf("/a")], "decode", name);
    assertEquals(samples.error[samples.path.indexOf("/b")], "", name);
    assertEquals(results, [null, "mew"], name);
    assertEquals(peer.complaints.length, 1, name);
  }
});
