// Runs alone: it looks for processes.
import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { HeldServer } from "./held_server.ts";
import { laneProcesses, runs } from "./left_behind.ts";

const config = Deno.env.get("LAB_TEST_CONFIG") ??
  fileURLToPath(new URL("../../../deno.json", import.meta.url));

const fixture = fileURLToPath(new URL("./fixtures/parent.ts", import.meta.url));

for (const [kind, processes] of [["workers", 1], ["processes", 3]] as const) {
  Deno.test(`${kind}: when whoever started them is killed in the middle, they end too`, async () => {
    await using server = await HeldServer.start();
    const deno = ["run", "-A", "--no-check", "--no-lock", "--config", config];
    const parent = new Deno.Command(Deno.execPath(), {
      args: [...deno, fixture, kind, server.url],
    }).spawn();
    await server.arrived(3);
    const lanes = await laneProcesses(parent.pid);
    assertEquals(lanes.length, processes);
    parent.kill("SIGKILL");
    await parent.status;
    await server.deserted();
    for (const lane of lanes) {
      while (await runs(lane)) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
}
