/** A peer outlives nobody: not the process that started it, not the one it was started for. */
// Runs alone: it looks among all that this process has started.
import { assert, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { fileURLToPath } from "node:url";
import { firstLine } from "../../lib/ground/own_process.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { peer } from "../../lib/peers/peer.ts";
import type { PeerPlan } from "../../lib/peers/peer_plan.ts";
import { planetServer } from "../../lib/peers/planet_server.ts";
import { needs } from "../needs.ts";
import { groupOf, isGone, processes } from "../processes.ts";

const config = Deno.env.get("LAB_TEST_CONFIG") ??
  fileURLToPath(new URL("../../deno.json", import.meta.url));

function plan(url: string, implementation: string): PeerPlan {
  return {
    urls: Array.from({ length: 6 }, (_, i) => `${url}/api/v2/pokemon/${i + 1}`),
    method: "GET",
    schedule: "pool",
    concurrency: 3,
    connections: "kept",
    deadline: 600_000,
    implementation,
    settings: { connectionLimit: 3, acceptEncoding: "identity", decode: "whole" },
  };
}

/** Starts the fixture, and resolves to it and the leader of what it started. */
async function startParent(...args: string[]) {
  const parent = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--no-lock", "--config", config],
      fileURLToPath(new URL("./fixtures/parent.ts", import.meta.url)),
      ...args,
    ],
    stdout: "piped",
  }).spawn();
  return { parent, leader: Number(await firstLine(parent.stdout)) };
}

/** Waits until a group has this many processes. */
async function hasGrown(leader: number, size: number): Promise<void> {
  for (let i = 0; i < 200 && (await groupOf(leader)).length < size; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assertGreaterOrEqual((await groupOf(leader)).length, size);
}

const test = { go: needs("go"), python: needs("python") };
const peers = { go: ["pool", 1], python: ["requests-processes", 4] } as const;

for (const language of ["go", "python"] as const) {
  const [name, size] = peers[language];
  test[language](
    `when its parent is killed, the ${language} peer ends with all its processes`,
    async () => {
      await using origin = await startOrigin({ median: 60_000, sigma: 0 });
      const { parent, leader } = await startParent(
        language,
        JSON.stringify(plan(origin.url, name)),
      );
      await hasGrown(leader, size);
      parent.kill("SIGKILL");
      await parent.status;
      assert(await isGone(leader));
    },
  );
}

test.python("when its parent is killed, a planet server ends with all its workers", async () => {
  const { parent, leader } = await startParent("server");
  await hasGrown(leader, 5);
  parent.kill("SIGKILL");
  await parent.status;
  assert(await isGone(leader));
});

test.python("when gunicorn itself is killed, its workers end too", async () => {
  await using server = await planetServer("aiohttp gunicorn 4");
  await hasGrown(server.pid, 5);
  Deno.kill(server.pid, "SIGKILL");
  assert(await isGone(server.pid));
});

test.python("when a pool's own process is killed, the processes of its pool end too", async () => {
  await using origin = await startOrigin({ median: 60_000, sigma: 0 });
  const started = plan(origin.url, "requests-processes");
  const { parent, leader } = await startParent("python", JSON.stringify(started));
  await hasGrown(leader, 4);
  Deno.kill(leader, "SIGKILL");
  assert(await isGone(leader));
  parent.kill("SIGKILL");
  await parent.status;
});

test.python("a process of the pool that is killed is an error with Python's words", async () => {
  await using origin = await startOrigin({ median: 60_000, sigma: 0 });
  const variant = peer("python", "requests-processes", { concurrency: 2 });
  const paths = ["/api/v2/pokemon/1", "/api/v2/pokemon/2"];
  const running = variant.run({
    ...{ origin: origin.url, paths, method: "GET", deadline: 600_000 },
    ...{ signal: new AbortController().signal, onSample() {} },
  }).then(() => "ended well", (error: Error) => error.message);
  let lane: number | undefined;
  for (let i = 0; i < 200 && lane === undefined; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    lane = await grandchild();
  }
  Deno.kill(lane!, "SIGKILL");
  const message = await running;
  assertEquals(
    /^Python requests-processes\(2\)\/kept ended with code 1/.test(message),
    true,
    message,
  );
  assertEquals(message.includes("BrokenProcessPool"), true, message);
});

/** A process that one of this process's own has started: a lane of the pool. */
async function grandchild(): Promise<number | undefined> {
  const all = (await processes()).filter(({ command }) => command.includes("peer.py"));
  const children = all.filter(({ parent }) => parent === Deno.pid).map(({ pid }) => pid);
  return all.find(({ parent }) => children.includes(parent))?.pid;
}
