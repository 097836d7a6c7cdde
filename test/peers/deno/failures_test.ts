/** What ends a run early, and that nothing of it is left. */
// Runs apart: it looks among all that this process has started.
import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { RequestError } from "../../../lib/client/request_error.ts";
import { startOrigin } from "../../../lib/origin/start.ts";
import { processes } from "../../../lib/peers/deno/lanes.ts";
import { workers } from "../../../lib/peers/deno/lanes.ts";
import { trial } from "../../../lib/runners/trial.ts";
import type { Task } from "../../../lib/runners/task.ts";
import { HeldServer } from "./held_server.ts";
import { laneProcesses } from "./left_behind.ts";

const held = ["/held/1", "/held/2", "/held/3", "/held/4"];

/** A task for that server, which may be aborted. */
function taskFor(server: HeldServer, paths: readonly string[], more: Partial<Task> = {}): Task {
  return {
    ...{ origin: server.url, paths, method: "GET", deadline: 60_000 },
    ...{ signal: new AbortController().signal, onSample() {}, ...more },
  };
}

for (const lanes of [workers, processes]) {
  const kind = lanes.name;

  Deno.test(`${kind}: a request that fails is an error that names it and the lane`, async () => {
    await using server = await HeldServer.start();
    const paths = ["/held/1", "/missing", "/never", "/never"];
    const run = () => lanes(2).run(taskFor(server, paths));
    const error = await assertRejects(run, RequestError);
    assertMatch(
      error.message,
      new RegExp(`^GET /missing: 404 Not Found \\(${kind}\\(2\\)/kept, lane [12] of 2\\)$`),
    );
    assertEquals([error.kind, error.path], ["status", "/missing"]);
    await server.deserted();
    assertEquals(await laneProcesses(), []);
  });

  Deno.test(`${kind}: a request without an answer by its deadline is a timeout`, async () => {
    await using server = await HeldServer.start();
    const run = () => lanes(1).run(taskFor(server, ["/slow/1"], { deadline: 50 }));
    const error = await assertRejects(run, RequestError, "GET /slow/1: no answer within 50 ms");
    assertEquals(error.kind, "timeout");
    await server.deserted();
  });

  Deno.test(`${kind}: cancelled in the middle, it ends with the reason and leaves nothing`, async () => {
    await using server = await HeldServer.start();
    const stop = new AbortController();
    const running = lanes(3).run(taskFor(server, ["/a", "/b", ...held], { signal: stop.signal }));
    await server.arrived(5);
    stop.abort(new Error("enough"));
    await assertRejects(() => running, Error, "enough");
    assertEquals(await laneProcesses(), []);
    await server.deserted();
    assertEquals(server.arrivals.length, 5);
  });

  Deno.test(`${kind}: cancelled before it began, it starts no lane; while they start, it ends them`, async () => {
    await using server = await HeldServer.start();
    const signal = AbortSignal.abort(new Error("never mind"));
    await assertRejects(() => lanes(2).run(taskFor(server, held, { signal })), Error, "never mind");
    const stop = new AbortController();
    const running = lanes(2).run(taskFor(server, held, { signal: stop.signal }));
    stop.abort(new Error("changed my mind"));
    await assertRejects(() => running, Error, "changed my mind");
    assertEquals(await laneProcesses(), []);
    assertEquals(server.arrivals, []);
  });

  Deno.test(`${kind}: a lane that crashes is an error that names it, and nothing is left`, async () => {
    await using server = await HeldServer.start();
    const variant = lanes(3, { name: "the lanes" });
    // No client opens where there is no address: that is no request's failure.
    const run = () => variant.run(taskFor(server, held, { origin: "nowhere" }));
    const { message } = await assertRejects(run, Error);
    assertMatch(message, /^the lanes, lane [1-3] of 3 (crashed:|ended with code 1; it said)/);
    assertMatch(message, /invalid url/i);
    assertEquals(await laneProcesses(), []);
  });

  Deno.test(`${kind}: what the caller's own hook throws ends the run`, async () => {
    await using server = await HeldServer.start();
    const onSample = () => {
      throw new Error("the hook is broken");
    };
    const run = () => lanes(2).run(taskFor(server, ["/a", ...held], { onSample }));
    await assertRejects(run, Error, "the hook is broken");
    assertEquals(await laneProcesses(), []);
  });

  Deno.test(`${kind}: after a failure the same variant and origin run again`, async () => {
    await using origin = await startOrigin({ median: 1, handshake: 0 });
    const variant = lanes(2);
    const good = ["/api/v2/pokemon/1", "/api/v2/pokemon/2", "/api/v2/pokemon/3"];
    const run = (paths: string[]) => trial(variant, { origin, paths, seed: 1 });
    await assertRejects(() => run(["/api/v2/pokemon/nobody"]), RequestError, "lane 1 of 1");
    assertEquals((await run(good)).results.length, 3);
  });
}

for (const lanes of [workers, processes]) {
  Deno.test(`${lanes.name}: a process that is killed from outside is named with its id`, async () => {
    await using server = await HeldServer.start();
    const running = lanes(2).run(taskFor(server, held));
    const rejected = assertRejects(() => running, Error);
    await server.arrived(2);
    // The process that has the threads, or a lane.
    const victim = (await laneProcesses()).at(-1)!;
    Deno.kill(victim, "SIGTERM");
    const { message } = await rejected;
    const who = lanes === workers ? "workers\\(2\\)/kept" : "lane [12] of 2";
    assertMatch(message, new RegExp(`${who} \\(process ${victim}\\) was killed by SIGTERM`));
    await server.deserted();
    assertEquals(await laneProcesses(), []);
  });
}
