/** Every implementation, seen from both sides: the same checks as Deno's own variants go through. */
import { assert, assertEquals, assertGreater } from "@std/assert";
import { selfCheck } from "../../lib/experiment/check.ts";
import { type OriginOptions, startOrigin } from "../../lib/origin/start.ts";
import { implementations } from "../../lib/peers/implementations.ts";
import { peer, type PeerOptions } from "../../lib/peers/peer.ts";
import type { PeerRun } from "../../lib/peers/peer.ts";
import { accountOf } from "../../lib/peers/peer_rows.ts";
import { trial } from "../../lib/runners/trial.ts";
import type { Method } from "../../lib/trial/plan.ts";
import type { Trial } from "../../lib/trial/trial.ts";
import { needs } from "../needs.ts";

const test = needs("go", "python");

const brisk: OriginOptions = { median: 4, sigma: 0.3, handshake: 3 };
const paths = Array.from({ length: 13 }, (_, i) => `/api/v2/pokemon/${i + 1}`);

/** A concurrency that is neither 1 nor all, for those that take one. */
const bound = (bounded: boolean) => (bounded ? { concurrency: 4 } : {});

async function inSequence(options: PeerOptions, method: Method, look: (trial: Trial) => void) {
  await using origin = await startOrigin(brisk);
  for (const { language, name, bounded } of implementations) {
    const variant = peer(language, name, { ...bound(bounded), ...options });
    const seen = await trial(variant, { origin, paths, seed: 11, method });
    assertEquals(selfCheck(seen, paths), []);
    assertEquals(seen.origin.requests, paths.length, variant.name);
    assertEquals(seen.origin.statuses, { "200": paths.length }, variant.name);
    look(seen);
  }
}

for (const table of ["equalised", "as shipped"] as const) {
  test(`${table}, on connections kept, every peer answers for every id once`, async () => {
    await inSequence({ table, connections: "kept" }, "GET", (seen) => {
      const { variant, results, samples, costs, origin, startUp, concurrency } = seen;
      assertEquals(results[0], "bulbasaur", variant);
      assertEquals(samples.bytes.reduce((sum, bytes) => sum + bytes, 0), origin.bytes, variant);
      assertEquals(accountOf(seen)!.encodings, { identity: paths.length }, variant);
      assertEquals(samples.k, paths.map(() => 1), variant);
      assert(samples.socket.every((socket) => socket > 0), variant);
      assertEquals(samples.start, samples.start.toSorted((a, b) => a - b), variant);
      if (concurrency === 4) assertGreater(costs.peakInFlight, 1, variant);
      if (concurrency === 4 && table === "equalised") assert(costs.sockets <= 4, variant);
      assertGreater(startUp, 0, variant);
      assertGreater(costs.peakMemory, 1e6, variant);
      assert(costs.cpuUser >= 0 && costs.cpuSystem >= 0, variant);
    });
  });
}

test("on new connections every peer opens one for each request", async () => {
  await inSequence({ connections: "new" }, "GET", ({ variant, costs, samples }) => {
    assertEquals(costs.sockets, paths.length, variant);
    assertEquals(new Set(samples.socket).size, paths.length, variant);
  });
});

test("for HEADs every peer reads no body and keeps its connections", async () => {
  await inSequence({ connections: "kept" }, "HEAD", ({ variant, results, samples, costs }) => {
    assertEquals(results, paths.map(() => null), variant);
    assertEquals(samples.bytes, paths.map(() => 0), variant);
    if (costs.peakInFlight === 1) assertEquals(costs.sockets, 1, variant);
  });
});

test("in Go the name alone is the name of the whole document", async () => {
  await using origin = await startOrigin({ ...brisk, payload: "full" });
  const every = Array.from({ length: 40 }, (_, i) => `/api/v2/pokemon/${1 + 25 * i}`);
  const names = [];
  for (const decode of ["whole", "name"] as const) {
    const variant = peer("go", "concurrent", { decode });
    const seen = await trial(variant, { origin, paths: every, seed: 3 });
    assertEquals(selfCheck(seen, every), []);
    names.push(seen.results);
  }
  assertEquals(names[0], names[1]);
});

/** Every implementation at once, outside a trial. */
async function together(
  origin: string,
  asked: readonly string[],
  options: PeerOptions = {},
  deadline = 30_000,
): Promise<PeerRun[]> {
  const signal = new AbortController().signal;
  const task = { origin, paths: asked, method: "GET" as const, deadline, signal, onSample() {} };
  return await Promise.all(
    implementations.map(({ language, name, bounded }) =>
      peer(language, name, { ...bound(bounded), ...options }).run(task)
    ),
  );
}

const document = JSON.stringify({ name: "mew", moves: Array(2000).fill("pound") });

/** A server of this process that packs what it is asked to pack, and fails by the path. */
class Packing implements AsyncDisposable {
  readonly #over = Promise.withResolvers<void>();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(packed: Uint8Array<ArrayBuffer>) {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async (request) => {
        const path = new URL(request.url).pathname;
        if (path === "/never") await this.#over.promise;
        if (path === "/none") return new Response("{}", { status: 404 });
        const type = { "content-type": path === "/page" ? "text/html" : "application/json" };
        if (path === "/page") return new Response("<html>", { headers: type });
        if (!request.headers.get("accept-encoding")?.includes("gzip")) {
          return new Response(document, { headers: type });
        }
        return new Response(packed, { headers: { ...type, "content-encoding": "gzip" } });
      },
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.resolve();
    await this.#server.shutdown();
  }
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Response(text).body!.pipeThrough(new CompressionStream("gzip"));
  return await new Response(stream).bytes();
}

test("as shipped, compressed answers are counted as they came", async () => {
  const packed = await gzip(document);
  await using server = new Packing(packed);
  const runs = await together(server.url, ["/a", "/b"], { table: "as shipped" });
  for (const [i, { library, name }] of implementations.entries()) {
    const { results, samples, peer } = runs[i];
    assertEquals(results, ["mew", "mew"], name);
    // urllib3 is the one that does not ask.
    const encoding = library === "urllib3" ? "identity" : "gzip";
    assertEquals(peer.encodings, { [encoding]: 2 }, name);
    const size = encoding === "gzip" ? packed.length : document.length;
    for (const bytes of samples.bytes) {
      // Go's transport unpacks by itself: what its connection received has the headers too.
      const most = library === "net/http" ? size + 500 : size;
      assert(size <= bytes && bytes <= most, `${name}: ${bytes} bytes, where ${size} were sent`);
    }
  }
});

/** What is answered well, and what fails in each of three ways. */
const mixed = ["/a", "/none", "/page", "/never", "/b"];

/** How every implementation fares with those: asked once, for the tests that look at it. */
let fared: Promise<PeerRun[]> | undefined;

async function eachFares(
  look: (run: PeerRun, row: (path: string) => number, name: string) => void,
) {
  fared ??= (async () => {
    await using server = new Packing(await gzip(document));
    // What is answered at once is there within the deadline on a machine that stalls too.
    return await together(server.url, mixed, {}, 4_000);
  })();
  for (const [i, run] of (await fared).entries()) {
    look(run, (path) => run.samples.path.indexOf(path), implementations[i].name);
  }
}

test("equalised, nobody asks for compressed answers", async () => {
  await eachFares(({ samples, results, peer }, row, name) => {
    assertEquals(Object.keys(peer.encodings), ["identity"], name);
    for (const path of ["/a", "/b"]) {
      assertEquals(samples.bytes[row(path)], document.length, name);
      assertEquals(results[mixed.indexOf(path)], "mew", name);
    }
  });
});

test("a request that fails is a sample with its kind, and the library's words", async () => {
  await eachFares(({ samples, results, peer }, row, name) => {
    assertEquals(samples.status[row("/none")], 404, name);
    assertEquals(samples.error[row("/none")], "status", name);
    assertEquals(peer.complaints.length, 3, name);
    assertEquals(results, ["mew", null, null, null, "mew"], name);
  });
});

test("a request that outlasts its deadline is a timeout, and the others go on", async () => {
  await eachFares(({ samples }, row, name) => {
    assertEquals(samples.error[row("/never")], "timeout", name);
    assertEquals(samples.status[row("/never")], 0, name);
    assertEquals(samples.error.toSorted(), ["", "", "decode", "status", "timeout"], name);
  });
});

test("a body that is no JSON is a decode error, and costs the others nothing", async () => {
  await eachFares(({ samples }, row, name) => {
    assertEquals(samples.error[row("/page")], "decode", name);
    for (const path of ["/a", "/b"]) assertEquals(samples.error[row(path)], "", name);
  });
});

test("where nothing listens every peer says network", async () => {
  // A port that was free a moment ago may be another's by now; this one is given to nobody.
  const runs = await together("http://127.0.0.1:9", paths.slice(0, 2));
  for (const [i, { samples, costs, peer }] of runs.entries()) {
    const { name } = implementations[i];
    assertEquals(samples.error, ["network", "network"], name);
    assertEquals(costs.sockets, 0, name);
    assertEquals(peer.complaints.length, 2, name);
  }
});

test("no request is a run too", async () => {
  const runs = await together("http://127.0.0.1:9", []);
  for (const [i, { samples, results, costs }] of runs.entries()) {
    assertEquals([results, samples.path], [[], []], implementations[i].name);
    assertEquals(costs.sockets, 0, implementations[i].name);
  }
});
