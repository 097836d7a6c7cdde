/** A second time: nobody is asked again, and what was broken off is gone on with. */
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { readRecording } from "../../lib/origin/recording_file.ts";
import { folder, liveHost, sendJson } from "./live_host.ts";

const script = fileURLToPath(new URL("record_and_replay.ts", import.meta.url));
const config = fileURLToPath(new URL("../../deno.json", import.meta.url));

/** Runs it as a notebook's kernel would, with what it may reach. */
function run(net: string, ...args: string[]): Deno.ChildProcess {
  const allowed = ["read", "write", "env", "run", "sys", "ffi"].map((name) => `--allow-${name}`);
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--config", config, "--no-lock", "--no-prompt", ...allowed, net, script, ...args],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function saidBy(child: Deno.ChildProcess) {
  const { success, stdout, stderr } = await child.output();
  assert(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("again: the second run opens no socket but the origin's", async () => {
  using at = folder();
  await using host = await liveHost({
    "/items/": ({ path }, response) => sendJson(response, { name: path }),
  });
  const first = await saidBy(run("--allow-net", host.url, at.path, "0"));
  assertEquals([first.results, host.seen.length], [["/items/1", "/items/2", "/items/3"], 10]);
  // It may reach the origin, and nothing else: not even the host's name may be looked up.
  const second = await saidBy(run("--allow-net=127.0.0.1", host.url, at.path, "0"));
  assertEquals([second, host.seen.length], [first, 10]);
});

Deno.test("again: a recording that was killed is whole as far as it came, and gone on with", async () => {
  using at = folder();
  const asked = Promise.withResolvers<void>();
  await using host = await liveHost({
    "/items/": ({ path }, response) => {
      // One to warm up and four more, with half a second between, are more than it keeps to itself.
      if (host.seen.length === 6) asked.resolve();
      else sendJson(response, { name: path });
    },
  });
  const child = run("--allow-net", host.url, at.path, "600");
  await asked.promise;
  child.kill("SIGKILL");
  await child.output();
  const file = `${at.path}/items.json.gz`;
  const { complete, requests, recorded } = readRecording(file);
  const kept = requests.flatMap(({ answers }) => answers);
  assertEquals([complete, requests.length], [false, 3]);
  assert(kept.length >= 1 && kept.length <= 4, String(kept.length));
  Deno.writeTextFileSync(`${at.path}/.items.json.gz.1.partial`, "half a f");
  const before = host.seen.length;
  const again = await saidBy(run("--allow-net", host.url, at.path, "0"));
  assertEquals([again.recorded, host.seen.length - before], [recorded, 1 + 9 - kept.length]);
  assertEquals([...Deno.readDirSync(at.path)].map(({ name }) => name), ["items.json.gz"]);
});
