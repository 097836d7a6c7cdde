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
  look: (run: PeerRun, name: string) => void,
  deadline = 30_000,
): Promise<void> {
  const signal = new AbortController().signal;
  const task = { origin, paths: asked, method: "GET" as const, deadline, signal, onSample() {} };
  const runs = await Promise.all(
    implementations.map(({ language, name, bounded }) =>
      peer(language, name, bound(bounded)).run(task)
    ),
  );
  runs.forEach((run, i) => look(run, implementations[i].name));
}

test("a request that fails is a sample with its kind, and the library's words", async () => {
  await using origin = await startOrigin(brisk);
  const some = ["/api/v2/pokemon/1", "/api/v2/pokemon/none", "/api/v2/pokemon/2"];
  await together(origin.url, some, ({ samples, results, peer }, name) => {
    const row = samples.path.indexOf("/api/v2/pokemon/none");
    assertEquals(samples.status[row], 404, name);
    assertEquals(samples.error.toSorted(), ["", "", "status"], name);
    assertEquals(samples.error[row], "status", name);
    assertEquals(peer.complaints.length, 1, name);
    assertEquals(results, ["bulbasaur", null, "ivysaur"], name);
  });
});

test("a request that outlasts its deadline is a timeout, and the others go on", async () => {
  await using origin = await startOrigin({ median: 60_000, sigma: 0, handshake: 0 });
  const two = paths.slice(0, 2);
  await together(origin.url, two, ({ samples }, name) => {
    assertEquals(samples.error, ["timeout", "timeout"], name);
    assertEquals(samples.status, [0, 0], name);
  }, 60);
});

test("where nothing listens every peer says network", async () => {
  // A port that was free a moment ago may be another's by now; this one is given to nobody.
  await together("http://127.0.0.1:9", paths.slice(0, 2), ({ samples, costs, peer }, name) => {
    assertEquals(samples.error, ["network", "network"], name);
    assertEquals(costs.sockets, 0, name);
    assertEquals(peer.complaints.length, 2, name);
  });
});

test("no request is a run too", async () => {
  await together("http://127.0.0.1:9", [], ({ samples, results, costs }, name) => {
    assertEquals([results, samples.path], [[], []], name);
    assertEquals(costs.sockets, 0, name);
  });
});
