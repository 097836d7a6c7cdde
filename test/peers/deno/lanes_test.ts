/** What threads and processes have in common: how they share the work, and what they report. */
// Runs apart: it looks among all that this process has started.
import { assert, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { selfCheck } from "../../../lib/experiment/check.ts";
import { startOrigin } from "../../../lib/origin/start.ts";
import { processes } from "../../../lib/peers/deno/lanes.ts";
import { workers } from "../../../lib/peers/deno/lanes.ts";
import { trial } from "../../../lib/runners/trial.ts";
import { HeldServer } from "./held_server.ts";
import { laneProcesses } from "./left_behind.ts";

const paths = Array.from({ length: 9 }, (_, i) => `/api/v2/pokemon/${i + 1}`);
const task = {
  ...{ method: "GET" as const, deadline: 60_000, onSample() {} },
  signal: new AbortController().signal,
};

for (const lanes of [workers, processes]) {
  const kind = lanes.name;

  Deno.test(`${kind}: rows and results are in the order of the paths, and both sides agree`, async () => {
    await using origin = await startOrigin({ median: 3, handshake: 2 });
    for (const connections of ["kept", "new"] as const) {
      const seen: string[] = [];
      const variant = lanes(3, { connections });
      const one = await trial(variant, {
        ...{ origin, paths, seed: 5 },
        onSample: ({ path, end }, row) => seen.push(`${path[row]} ${end[row] > 0}`),
      });
      assertEquals(selfCheck(one, paths), []);
      assertEquals(one.samples.path, paths);
      assertEquals(one.results.slice(0, 3), ["bulbasaur", "ivysaur", "venusaur"]);
      assertEquals(one.samples.k, paths.map(() => 1));
      assertEquals(seen.toSorted(), paths.map((path) => `${path} true`).toSorted());
      // One that begins late may find nothing left to ask for.
      if (connections === "kept") assert(one.costs.sockets >= 1 && one.costs.sockets <= 3);
      else assertEquals(one.costs.sockets, 9);
      assertEquals(variant.name, `${kind}(3)/${connections}`);
      assertEquals([one.variant, one.concurrency, one.connections], [variant.name, 3, connections]);
    }
    assertEquals(await laneProcesses(), []);
  });

  Deno.test(`${kind}: start-up stands apart from the makespan or is in it, and CPU and memory say whose they are`, async () => {
    await using origin = await startOrigin({ median: 1, handshake: 0 });
    const run = (startInside: boolean) =>
      trial(lanes(2, { startInside }), { origin, paths, seed: 1 });
    const [apart, inside] = [await run(false), await run(true)];
    const first = ({ samples, opened }: typeof apart) => Math.min(...samples.start) - opened;
    assertGreater(apart.startUp, 0);
    assertEquals(inside.startUp, 0);
    // The clock runs while the lanes start: none can ask before.
    assertGreater(first(inside), 0);
    assertGreater(inside.makespan, first(inside));
    assertEquals(inside.variant, `${kind}(2)/kept, started inside`);
    const { costs } = apart;
    assertEquals(costs.measuredIn, "own process");
    assertGreater(costs.cpuUser + costs.cpuSystem, 0);
    // A Deno that has run anything takes some 50 MB: the sum over two is more than one has.
    assertGreater(costs.peakMemory, lanes === workers ? 40e6 : 80e6);
    assert(costs.stall >= 0);
  });

  Deno.test(`${kind}: a lane that is free takes the next path, whatever the others wait for`, async () => {
    await using server = await HeldServer.start();
    const mixed = ["/held/1", ...paths];
    const running = lanes(2).run({ ...task, origin: server.url, paths: mixed });
    // One lane is held; the other does all the rest.
    await server.arrived(mixed.length);
    server.release();
    const { samples, costs } = await running;
    assertEquals(samples.path, mixed);
    assertEquals(costs.peakInFlight, 2);
    const others = server.arrivals.filter(({ path }) => path !== "/held/1");
    assertEquals(new Set(others.map(({ connection }) => connection)).size, 1);
  });

  Deno.test(`${kind}: without requests no lane is started`, async () => {
    await using origin = await startOrigin({ median: 1, handshake: 0 });
    const one = await trial(lanes(3), { origin, paths: [], seed: 1 });
    assertEquals([one.results, one.samples.path, one.makespan], [[], [], 0]);
    assertEquals([one.costs.sockets, one.costs.peakInFlight], [0, 0]);
  });

  Deno.test(`${kind}: with fewer requests than lanes there are as many as requests`, async () => {
    await using server = await HeldServer.start();
    const held = ["/held/1", "/held/2"];
    const running = lanes(5).run({ ...task, origin: server.url, paths: held });
    await server.arrived(2);
    // One has the lanes.
    assertEquals((await laneProcesses()).length, lanes === processes ? 3 : 1);
    server.release();
    assertEquals((await running).costs.sockets, 2);
    assertEquals(await laneProcesses(), []);
  });

  Deno.test(`${kind}: a HEAD is a HEAD, and keeps the connection`, async () => {
    await using server = await HeldServer.start();
    const { results } = await lanes(1).run({
      ...{ ...task, method: "HEAD" as const, origin: server.url, paths: ["/a", "/b"] },
    });
    assertEquals(results, ["/a", "/b"]);
    assertEquals(server.arrivals.map(({ method, connection }) => [method, connection]), [
      ["HEAD", 1],
      ["HEAD", 1],
    ]);
  });

  Deno.test(`${kind}: of a path asked for again, k counts on without an origin to say it`, async () => {
    await using server = await HeldServer.start();
    const { samples } = await lanes(2).run({
      ...{ ...task, origin: server.url, paths: ["/a", "/b", "/a", "/a"] },
    });
    assertEquals(samples.k, [1, 1, 2, 3]);
  });

  Deno.test(`${kind}: what is no number of lanes or no option is named`, () => {
    const no = (make: () => unknown, error: typeof RangeError, text: string) =>
      assertThrows(make, error, text);
    no(() => lanes(0), RangeError, `${kind}: n must be a whole number from 1 up, not 0`);
    no(() => lanes(Infinity), RangeError, `${kind}: n must be`);
    no(
      () => lanes("5" as never),
      TypeError,
      `${kind}: n must be a whole number from 1 up, not "5"`,
    );
    const bad = (options: object, error: typeof RangeError, text: string) =>
      no(() => lanes(2, options), error, `${kind}: ${text}`);
    bad({ connections: "pooled" }, RangeError, 'connections must be "new" or "kept", not "pooled"');
    bad({ startInside: 1 }, TypeError, "startInside must be true or false, not 1");
    bad({ name: "" }, RangeError, 'name must be text that is not empty, not ""');
  });
}
