import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { HeldServer } from "./held_server.ts";
import { laneProcesses, runs } from "./left_behind.ts";

const config = Deno.env.get("LAB_TEST_CONFIG") ??
  fileURLToPath(new URL("../../../deno.json", import.meta.url));

Deno.test("processes: when whoever started them is killed in the middle, they end too", async () => {
  await using server = await HeldServer.start();
  const fixture = fileURLToPath(new URL("./fixtures/parent.ts", import.meta.url));
  const args = ["run", "-A", "--no-check", "--no-lock", "--config", config, fixture, server.url];
  const parent = new Deno.Command(Deno.execPath(), { args }).spawn();
  await server.arrived(3);
  const lanes = await laneProcesses(parent.pid);
  assertEquals(lanes.length, 3);
  parent.kill("SIGKILL");
  await parent.status;
  await server.deserted();
  for (const lane of lanes) {
    while (await runs(lane)) await new Promise((resolve) => setTimeout(resolve, 5));
  }
});
