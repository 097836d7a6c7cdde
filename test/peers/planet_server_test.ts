// Runs apart: it looks among all that this process has started.
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { planets, position } from "../../lib/planets/position.ts";
import { planetServer, planetServerKinds, planetServers } from "../../lib/peers/planet_server.ts";
import { needs } from "../needs.ts";
import { groupOf, isGone, processes } from "../processes.ts";

const test = needs("python");

async function ask(url: string, path: string) {
  const response = await fetch(url + path);
  const type = response.headers.get("content-type")!;
  return { status: response.status, type, document: await response.json() };
}

/** What the server says to a client that would keep its connection. */
async function answer(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  using socket = await Deno.connect({ hostname, port: Number(port) });
  const request = "GET /planets/mars HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n";
  await socket.write(new TextEncoder().encode(request));
  let text = "";
  const buffer = new Uint8Array(4096);
  while (!text.includes("}")) {
    const length = await socket.read(buffer);
    if (length === null) break;
    text += new TextDecoder().decode(buffer.subarray(0, length));
  }
  return text;
}

const CLOSES = /^HTTP\/1.0|^connection: close/im;

for (const kind of planetServerKinds) {
  const kept = kind.startsWith("flask") ? "closed" : "kept";
  test(`${kind}: a planet's place in the sky, refusals as JSON, and connections ${kept}`, async () => {
    await using server = await planetServer(kind);
    const text = await answer(server.url);
    assertEquals(CLOSES.test(text) ? "closed" : "kept", kept, text);

    const { status, type, document } = await ask(server.url, "/planets/mars");
    assertEquals(status, 200);
    assertMatch(type, /^application\/json/);
    assertEquals(Object.keys(document), ["azimuth", "altitude"]);
    assert(document.azimuth >= 0 && document.azimuth < 360);
    assert(document.altitude >= -90 && document.altitude <= 90);

    const greenwich = await ask(server.url, "/planets/mars?lon=0&lat=51.4769&elevation=46");
    assert(Math.abs(greenwich.document.altitude - document.altitude) < 0.1);
    // What is up here is down on the other side of the Earth.
    const here = (await ask(server.url, "/planets/venus?lat=40&lon=10")).document.altitude;
    const there = (await ask(server.url, "/planets/venus?lat=-40&lon=-170")).document.altitude;
    assert(Math.abs(here + there) < 0.2, `${here} and ${there}`);

    const pluto = await ask(server.url, "/planets/pluto");
    assertEquals(pluto.status, 404);
    assertStringIncludes(pluto.document.error, "there is no planet 'pluto'");
    for (const query of ["lat=91", "lon=east", "elevation=", "lon=nan", "lat=inf"]) {
      const refused = await ask(server.url, `/planets/mars?${query}`);
      assertEquals(refused.status, 400, query);
      assertMatch(refused.type, /^application\/json/);
      assertMatch(refused.document.error, /^(lat|lon|elevation) must be a number from /);
    }
  });
}

test("PyEphem and the lab's own tracker see the planets in the same places", async () => {
  await using server = await planetServer("aiohttp development");
  const place = { lon: 13.4, lat: -33.9, elevation: 1200 };
  for (const planet of planets) {
    const query = `lon=${place.lon}&lat=${place.lat}&elevation=${place.elevation}`;
    const { document } = await ask(server.url, `/planets/${planet}?${query}`);
    const ours = position(planet, place, new Date());
    const turn = Math.abs(ours.azimuth - document.azimuth);
    const aside = Math.min(turn, 360 - turn) * Math.cos(ours.altitude * Math.PI / 180);
    const up = Math.abs(ours.altitude - document.altitude);
    // Two theories of motion agree to some arcseconds; the sky turns 0.004° a second meanwhile.
    assert(aside < 0.05 && up < 0.05, `${planet}: ${aside}° aside, ${up}° up`);
  }
});

test("a server says its versions, and is gone with its workers when it is closed", async () => {
  const server = await planetServer("flask gunicorn 4");
  assertEquals(Object.keys(server.versions), ["python", "flask", "gunicorn", "ephem"]);
  assertEquals((await groupOf(server.pid)).length, 5);
  await server.close();
  assert(await isGone(server.pid));
  await server.close();
});

test("in either table a planet server does with connections what its settings say", async () => {
  for (const table of ["as shipped", "equalised"] as const) {
    const kinds = ["aiohttp gunicorn 1", "flask gunicorn 1"] as const;
    const { servers, missing } = await planetServers(table, kinds);
    assertEquals(missing, []);
    for (const server of servers) {
      const closes = CLOSES.test(await answer(server.url));
      const said = closes ? "closed after each answer" : "kept";
      assertEquals(said, server.settings.connections, server.name);
      await server.close();
    }
    assertEquals(servers.map(({ keepAlive }) => keepAlive), [table === "as shipped", false]);
  }
});

test("where one of several servers cannot start, those that did are ended", async () => {
  // deno-lint-ignore no-explicit-any
  const kinds = ["flask development", "django"] as any;
  await assertRejects(() => planetServers("as shipped", kinds), RangeError, '"django"');
  const children = (await processes()).filter(({ parent }) => parent === Deno.pid);
  assertEquals(children.filter(({ command }) => command.includes("serve.py")), []);
});

test("gunicorn's default worker answers nothing but errors for aiohttp's app, which is not WSGI", async () => {
  await using server = await planetServer("aiohttp gunicorn 4", { workerClass: "sync" });
  const response = await fetch(`${server.url}/planets/mars`);
  await response.body?.cancel();
  assertEquals(response.status, 500);
  assertStringIncludes(server.settings.server, "sync");
});

Deno.test("a kind or an option that does not exist is named", async () => {
  // deno-lint-ignore no-explicit-any
  const error = await assertRejects(() => planetServer("django" as any), RangeError);
  assertStringIncludes(error.message, 'kind must be "flask development", ');
  await assertRejects(() => planetServer("flask gunicorn 1", { wait: -1 }), RangeError, "wait");
  const wrong = { keepAlive: true };
  await assertRejects(() => planetServer("flask development", wrong), RangeError, "keepAlive");
});
