/** Whatever a peer does wrong is an error that names it, and nothing of it is left. */
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import type { PeerPlan } from "../../lib/peers/peer_plan.ts";
import type { Program } from "../../lib/ground/program.ts";
import { runElsewhere } from "../../lib/peers/elsewhere/run_elsewhere.ts";
import type { Task } from "../../lib/runners/task.ts";
import { processes } from "../processes.ts";

const task: Task = {
  origin: "http://127.0.0.1:9",
  paths: [],
  method: "GET",
  deadline: 1000,
  signal: new AbortController().signal,
  onSample: () => {},
};

const plan: PeerPlan = {
  origin: "http://127.0.0.1:9",
  paths: [],
  method: "GET",
  schedule: "concurrent",
  concurrency: null,
  connections: "kept",
  deadline: 1000,
  implementation: "broken",
  settings: { connectionLimit: null, acceptEncoding: "default", decode: "whole" },
};

function broken(way: string): Program {
  const file = fileURLToPath(new URL("./fixtures/broken_peer.ts", import.meta.url));
  return {
    name: "Broken peer",
    command: Deno.execPath(),
    args: ["run", "-A", "--no-config", "--no-lock", "--no-check", file, way],
  };
}

/** Processes that run now and were called so, whoever their parent is. */
async function left(called: string): Promise<string[]> {
  return (await processes()).map(({ command }) => command).filter((line) => line.includes(called));
}

async function errorOf(way: string, within = 30_000, signal = task.signal): Promise<string> {
  const error = await assertRejects(() =>
    runElsewhere(broken(way), plan, { ...task, signal }, within)
  );
  assertEquals(await left(`broken_peer.ts ${way}`), []);
  return (error as Error).message;
}

Deno.test("a peer that crashes is named, with its code and its own words", async () => {
  const message = await errorOf("crash");
  assertStringIncludes(message, "Broken peer ended with code 1");
  assertStringIncludes(message, "about to crash");
  assertStringIncludes(message, "the peer's own words");
});

Deno.test("a peer that is killed is named, with the signal", async () => {
  const message = await errorOf("be killed");
  assertStringIncludes(message, "was killed by SIGKILL");
  assertStringIncludes(message, "about to be killed");
});

Deno.test("a peer that hangs, deaf to all but the last word, is gone at its deadline", async () => {
  const message = await errorOf("hang", 5000);
  assertStringIncludes(message, "Broken peer was not done after 5000 ms and was ended");
  assertStringIncludes(message, "about to hang");
});

Deno.test("a peer that hangs is gone when the trial is aborted, with the signal's reason", async () => {
  const reason = new Error("the reader pressed stop");
  const abort = new AbortController();
  setTimeout(() => abort.abort(reason), 300);
  assertEquals(await errorOf("hang", 30_000, abort.signal), reason.message);
});

Deno.test("a trial that is aborted already starts no peer", async () => {
  assertStringIncludes(await errorOf("hang", 30_000, AbortSignal.abort()), "abort");
});

Deno.test("rubbish is shown, and what is missing of a run is named", async () => {
  const says: Record<string, string> = {
    "print rubbish": 'printed what is not a run: "<html>no JSON</html>"',
    "print a list": 'printed what is not a run: "[1, 2]"',
    "print nothing": "ended with code 0",
    "print half a run": "ended with code 0",
    "lose a figure": "printed a run whose sockets is undefined, not a number",
    "add a result": "printed a run with 1 results, not 0",
    "add a sample": "printed a sample in row 0 of 0",
    "say half a sample": "printed a sample whose timing is undefined, not a string",
    "take text for a number": 'printed a run whose makespan is "1", not a number',
  };
  const messages = await Promise.all(Object.keys(says).map((way) => errorOf(way)));
  Object.values(says).forEach((text, i) => {
    assertStringIncludes(messages[i], "Broken peer ");
    assertStringIncludes(messages[i], text);
  });
});

for (const way of ["leave a child behind", "not end by itself"]) {
  Deno.test(`a peer that will ${way} has run all the same, and holds nothing up`, async () => {
    const { run } = await runElsewhere(broken(way), plan, task, 30_000);
    assertEquals(run.samples.path, []);
    assertEquals(await left("left by a broken peer"), []);
    assertEquals(await left(`broken_peer.ts ${way}`), []);
  });
}

Deno.test("a program that is not there is an error that says so", async () => {
  const program = { name: "Absent peer", command: "/nowhere/peer", args: [] };
  const error = await assertRejects(() => runElsewhere(program, plan, task, 1000), Error);
  assertStringIncludes(error.message, "Absent peer could not be started");
});
