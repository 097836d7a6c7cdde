// Runs in one isolate: it mostly computes, and leaves nothing open.
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { greenwich, position } from "../../lib/planets/position.ts";
import type { PlanetOptions } from "../../lib/planets/start.ts";
import { startPlanets } from "../../lib/planets/start.ts";
import { processes } from "../processes.ts";

/** Waits until no process of that number runs; false where one still does after a minute. */
async function isGone(pid: number): Promise<boolean> {
  for (let i = 0; i < 1200; i++) {
    if (!(await processes()).some((one) => one.pid === pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

async function ask(url: string, path: string) {
  const response = await fetch(url + path);
  const type = response.headers.get("content-type")!;
  return { status: response.status, type, text: await response.text() };
}

for (const handler of ["blocking", "awaiting"] as const) {
  Deno.test(`the ${handler} tracker answers with a place in the sky, and refuses in JSON`, async () => {
    await using tracker = await startPlanets({ handler, upstream: 1 });
    assertEquals([tracker.name, tracker.threads], [handler, 1]);
    const mars = await ask(tracker.url, "/planets/mars");
    assertEquals(mars.status, 200);
    assertMatch(mars.type, /^application\/json/);
    const sky = position("mars", greenwich, new Date());
    assertAlmostEquals(JSON.parse(mars.text).altitude, sky.altitude, 0.5);
    assertAlmostEquals(Math.cos((JSON.parse(mars.text).azimuth - sky.azimuth) / 57), 1, 0.001);
    // What is up here is down on the other side of the Earth.
    const here = JSON.parse((await ask(tracker.url, "/planets/venus?lat=40&lon=10")).text);
    const there = JSON.parse((await ask(tracker.url, "/planets/venus?lat=-40&lon=-170")).text);
    assertAlmostEquals(here.altitude, -there.altitude, 0.2);
    const pluto = await ask(tracker.url, "/planets/pluto");
    assertEquals(pluto.status, 404);
    assertStringIncludes(JSON.parse(pluto.text).error, "there is no planet 'pluto'");
    assertEquals((await ask(tracker.url, "/moons/io")).status, 404);
    for (const query of ["lat=91", "lon=east", "elevation=", "lon=NaN", "lat=Infinity"]) {
      const refused = await ask(tracker.url, `/planets/mars?${query}`);
      assertEquals(refused.status, 400, query);
      assertMatch(refused.type, /^application\/json/);
      assertMatch(JSON.parse(refused.text).error, /^(lat|lon|elevation) must be a number from /);
    }
  });
}

Deno.test("four workers are four threads that answer", async () => {
  await using tracker = await startPlanets({ handler: "awaiting", workers: 4 });
  assertEquals(tracker.name, "awaiting × 4");
  assert(tracker.threads >= 1 && tracker.threads <= 4);
  if (Deno.build.os === "linux") assertEquals(tracker.threads, 4);
  const { text } = await ask(tracker.url, "/planets/jupiter");
  assertEquals(Object.keys(JSON.parse(text)), ["azimuth", "altitude"]);
});

Deno.test("a tracker is gone when it is closed, however often", async () => {
  const tracker = await startPlanets({ handler: "blocking", workers: 2 });
  assert(!await Promise.race([isGone(tracker.pid), ask(tracker.url, "/").then(() => false)]));
  await tracker.close();
  assert(await isGone(tracker.pid));
  await tracker.close();
});

Deno.test("a tracker ends with the process that started it", async () => {
  const module = new URL("../../lib/planets/start.ts", import.meta.url).href;
  const code = `const { startPlanets } = await import(${JSON.stringify(module)});
    const { pid } = await startPlanets({ handler: "blocking", workers: 4, upstream: 5 });
    console.log(pid);
    Deno.kill(Deno.pid, "SIGKILL");`;
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const args = ["eval", "--no-lock", "--config", config, code];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  const pid = Number(new TextDecoder().decode(stdout));
  assert(pid > 0);
  assert(await isGone(pid));
});

Deno.test("an option that is wrong is named, with its value", async () => {
  // deno-lint-ignore no-explicit-any
  const start = (options: any) => startPlanets(options as PlanetOptions);
  const handler = "awaiting";
  await assertRejects(() => start({ handler: "lazy" }), RangeError, 'handler must be "blocking"');
  await assertRejects(() => start({ handler, workers: 0 }), RangeError, "workers must be a whole");
  await assertRejects(() => start({ handler, upstream: 0.5 }), RangeError, "upstream must be");
  await assertRejects(() => start({ handler, port: 80 }), TypeError, "port is not an option");
});
