// Runs apart: it looks among all that this process has started.
import {
  assert,
  assertEquals,
  assertGreater,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { fileURLToPath } from "node:url";
import { blocking } from "../../../lib/client/blocking.ts";
import { fetching } from "../../../lib/client/own_client.ts";
import { fresh, keptAlive } from "../../../lib/client/library_clients.ts";
import { RequestError } from "../../../lib/client/request_error.ts";
import { selfCheck } from "../../../lib/experiment/check.ts";
import { startOrigin } from "../../../lib/origin/start.ts";
import { inFreshProcess } from "../../../lib/peers/deno/fresh_process.ts";
import { runInDeno } from "../../../lib/peers/deno/run_in_deno.ts";
import { trial } from "../../../lib/runners/trial.ts";
import {
  chunked,
  concurrent,
  naiveAwaitInLoop,
  pool,
  sequential,
} from "../../../lib/strategies/mod.ts";
import type { Schedule } from "../../../lib/trial/plan.ts";
import { processes } from "../../processes.ts";

const paths = Array.from({ length: 12 }, (_, i) => `/api/v2/pokemon/${i + 1}`);
const child = fileURLToPath(new URL("../../../lib/peers/deno/child.ts", import.meta.url));
const config = fileURLToPath(new URL("../../../deno.json", import.meta.url));

/** Children of this process that run child.ts, by process id. */
async function children(): Promise<number[]> {
  return (await processes())
    .filter(({ parent, command }) => parent === Deno.pid && command.includes("deno/child.ts"))
    .map(({ pid }) => pid);
}

/** A server on loopback that takes connections and answers nothing. */
function silentServer() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open: Deno.Conn[] = [];
  const heard = Promise.withResolvers<void>();
  const accepting = (async () => {
    for await (const connection of listener) {
      open.push(connection);
      connection.read(new Uint8Array(10)).then(() => heard.resolve(), () => {});
    }
  })();
  const { port } = listener.addr as Deno.NetAddr;
  return {
    url: `http://127.0.0.1:${port}`,
    /** Resolves when a first request has come. */
    heard: heard.promise,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of open) connection.close();
      await accepting;
    },
  };
}

Deno.test("every schedule runs in a process of its own, which the self-check finds nothing against", async () => {
  await using origin = await startOrigin({ median: 2, handshake: 3 });
  const variants = [
    inFreshProcess(sequential, blocking(fresh)),
    inFreshProcess(naiveAwaitInLoop, keptAlive),
    inFreshProcess(concurrent, keptAlive),
    inFreshProcess(pool(3), fresh),
    inFreshProcess(chunked(4), keptAlive),
  ];
  for (const variant of variants) {
    const seen: string[] = [];
    const onSample: Parameters<typeof trial>[1]["onSample"] = ({ path }, row) =>
      seen.push(path[row]);
    const one = await trial(variant, { origin, paths, seed: 3, onSample });
    assertEquals(selfCheck(one, paths), []);
    assertEquals(one.results.slice(0, 2), ["bulbasaur", "ivysaur"]);
    assertEquals(one.costs.measuredIn, "own process");
    assertEquals([one.concurrency, one.connections], [variant.concurrency, variant.connections]);
    assertEquals(seen.toSorted(), paths.toSorted());
    assertGreater(one.startUp, 0);
    assertGreater(one.costs.cpuUser + one.costs.cpuSystem, 0);
    // A Deno that has run anything takes some 50 MB; a notebook's kernel several times that.
    assertGreater(one.costs.peakMemory, 20e6);
  }
  assertEquals(variants[3].name, "pool(3)/new (own process)");
  assertEquals(await children(), []);
});

Deno.test("a request that fails there is the error it would be here", async () => {
  await using origin = await startOrigin({ median: 0, handshake: 0 });
  const run = () =>
    trial(inFreshProcess(concurrent, keptAlive), {
      ...{ origin, paths: [...paths, "/api/v2/pokemon/nobody"], seed: 1 },
    });
  const error = await assertRejects(run, RequestError, "GET /api/v2/pokemon/nobody: 404");
  assertEquals([error.kind, error.path], ["status", "/api/v2/pokemon/nobody"]);
});

Deno.test("a run without requests takes a process and does nothing", async () => {
  await using origin = await startOrigin({ median: 0, handshake: 0 });
  const one = await trial(inFreshProcess(pool(2), keptAlive), { origin, paths: [], seed: 1 });
  assertEquals([one.results, one.samples.path], [[], []]);
});

Deno.test("an abort ends the process, with the signal's reason", async () => {
  await using server = silentServer();
  const stop = new AbortController();
  const task = {
    ...{ origin: server.url, paths, method: "GET" as const, deadline: 60_000 },
    ...{ signal: stop.signal, onSample: () => {} },
  };
  const running = inFreshProcess(concurrent, keptAlive).run(task);
  await server.heard;
  stop.abort(new Error("enough"));
  await assertRejects(() => running, Error, "enough");
  assertEquals(await children(), []);
});

Deno.test("a process that is killed or cannot begin is an error with its name and its words", async () => {
  await using server = silentServer();
  const task = {
    ...{ origin: server.url, paths, method: "GET" as const, deadline: 60_000 },
    ...{ signal: new AbortController().signal, onSample: () => {} },
  };
  const running = inFreshProcess(pool(2), keptAlive, { name: "the pool" }).run(task);
  const rejected = assertRejects(() => running, Error, "was killed by SIGKILL");
  await server.heard;
  for (const pid of await children()) Deno.kill(pid, "SIGKILL");
  await rejected;
  const schedule = "whenever" as Schedule;
  const unknown = { schedule, concurrency: 1, connections: "kept" as const, lanes: null };
  const error = await assertRejects(() => runInDeno("a lane", unknown, task), Error, "a lane");
  assertStringIncludes(error.message, `a plan's schedule cannot be "whenever"`);
});

for (const schedule of ["concurrent", "sequential"] as const) {
  Deno.test(`a child ends when whoever started it is gone, even while it waits: ${schedule}`, async () => {
    await using server = silentServer();
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", "--no-lock", "--config", config, child],
      ...{ stdin: "piped", stdout: "null", stderr: "null" },
    }).spawn();
    const stdin = process.stdin.getWriter();
    const plan = { origin: server.url, paths, method: "GET", deadline: 60_000, lanes: null };
    const told = { ...plan, schedule, concurrency: null, connections: "kept" };
    await stdin.write(new TextEncoder().encode(JSON.stringify(told) + "\n"));
    await server.heard;
    await stdin.close();
    assert(!(await process.status).success);
  });
}

Deno.test("what cannot leave this process is refused at once", () => {
  const mine = (asked: readonly string[]) => Promise.resolve([...asked]);
  assertThrows(() => inFreshProcess(mine, keptAlive), TypeError, `"mine" is a function of this`);
  // A name alone does not make it the library's.
  const namesake = { concurrent: mine }.concurrent;
  Object.defineProperty(namesake, "name", { value: "concurrent" });
  assertThrows(() => inFreshProcess(namesake, keptAlive), TypeError, "only a strategy of the");
  assertThrows(() => inFreshProcess(sequential, keptAlive), TypeError, "a blocking client");
  assertThrows(() => inFreshProcess(pool(2), blocking(fresh)), TypeError, "fresh or keptAlive");
  assertThrows(() => inFreshProcess(pool(2), fetching), TypeError, "must be fresh or keptAlive");
});

Deno.test("own process: a deadline beyond what a timer can wait does not end it at once", async () => {
  await using origin = await startOrigin({ median: 0, handshake: 0 });
  const one = inFreshProcess(naiveAwaitInLoop, keptAlive);
  const { results } = await trial(one, { origin, paths, seed: 1, deadline: 1e9 });
  assertEquals(results.length, paths.length);
});
