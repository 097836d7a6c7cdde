import { assert, assertEquals, assertMatch } from "@std/assert";
import { startOrigin } from "../../lib/origin/start.ts";
import { ask } from "./ask.ts";

const still = { median: 0, handshake: 0 };
const root = "/api/v2/pokemon";
// A module has no end to close it at; it ends with this process.
const origin = await startOrigin(still);

Deno.test("a Pokémon is found by id and by name, with a trailing slash or not, however it is written", async () => {
  const answers = await Promise.all(
    ["/25", "/25/", "/pikachu", "/pikachu/", "/Pikachu", "/%32%35", "/pikach%75/"].map((key) =>
      ask(origin.url + root + key)
    ),
  );
  for (const { status, headers, body } of answers) {
    assertEquals(status, 200);
    assertEquals(headers["content-type"], "application/json; charset=utf-8");
    assertEquals(Number(headers["content-length"]), body.length);
    assertEquals(headers["content-encoding"], undefined);
    assertEquals(headers["access-control-allow-origin"], "*");
    assertEquals(body, answers[0].body);
  }
  assertEquals(JSON.parse(answers[0].body).name, "pikachu");
});

Deno.test("a client that asks for compression is not given any", async () => {
  const { headers } = await ask(`${origin.url}${root}/1`, {
    headers: { "Accept-Encoding": "gzip, deflate, br" },
  });
  assertEquals(headers["content-encoding"], undefined);
});

Deno.test("what is not there is answered as PokéAPI does: 404, Not Found, as text", async () => {
  const nowhere = [
    `${root}/0`,
    `${root}/1026`,
    `${root}/001`,
    `${root}/missingno`,
    `${root}/1/x`,
    `${root}/%`,
  ];
  for (const path of [...nowhere, "/", "/api/v2/pokemonster", "/api/v2/berry/1", `${root}//1`]) {
    const { status, headers, body } = await ask(origin.url + path);
    assertEquals([path, status, body], [path, 404, "Not Found"]);
    assertEquals(headers["content-type"], "text/plain; charset=utf-8");
    assertMatch(String(headers["server-timing"]), /^drawn;dur=0, served;dur=/);
  }
});

Deno.test("HEAD has the headers of GET and no body", async () => {
  for (const path of [`${root}/1`, root, `${root}/nobody`]) {
    const get = await ask(origin.url + path);
    const head = await ask(origin.url + path, { method: "HEAD" });
    assertEquals(head.status, get.status);
    assertEquals(head.headers["content-length"], get.headers["content-length"]);
    assertEquals(head.headers["content-type"], get.headers["content-type"]);
    assertEquals(head.body, "");
  }
});

Deno.test("any other method is refused with the two that are allowed", async () => {
  for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
    const { status, headers } = await ask(`${origin.url}${root}/1`, { method, body: "{}" });
    assertEquals([method, status, headers.allow], [method, 405, "GET, HEAD"]);
  }
});

Deno.test("the list comes in pages of 20 with links to the next and the one before", async () => {
  const list = async (query: string) => JSON.parse((await ask(origin.url + root + query)).body);
  const first = await list("");
  assertEquals([first.count, first.previous, first.results.length], [1025, null, 20]);
  assertEquals(first.next, `${origin.url}${root}?offset=20&limit=20`);
  assertEquals(first.results[0], { name: "bulbasaur", url: `${origin.url}${root}/1/` });

  const last = await list("?limit=100&offset=1000");
  assertEquals([last.next, last.results.length], [null, 25]);
  assertEquals(last.previous, `${origin.url}${root}?offset=900&limit=100`);
  assertEquals(last.results.at(-1).name, "pecharunt");

  assertEquals(
    (await list("?offset=5&limit=20")).previous,
    `${origin.url}${root}?offset=0&limit=5`,
  );
  assertEquals((await list("?limit=1025")).next, null);
  assertEquals((await list("?limit=100000")).results.length, 1025);
  assertEquals((await list("?offset=5000")).results, []);
  for (
    const odd of ["?limit=0", "?limit=x", "?limit=-3", "?offset=-1", "?offset=x&limit=", "?limit="]
  ) {
    assertEquals((await list(odd)).results.length, 20, odd);
  }
});

Deno.test("following next visits every Pokémon once", async () => {
  const seen: string[] = [];
  let url: string | null = `${origin.url}${root}?limit=100`;
  while (url !== null) {
    const page: { next: string | null; results: { name: string }[] } = JSON.parse(
      (await ask(url)).body,
    );
    seen.push(...page.results.map(({ name }) => name));
    url = page.next;
  }
  assertEquals([seen.length, new Set(seen).size], [1025, 1025]);
});

Deno.test("links lead back to the host that was asked, whatever the client calls it", async () => {
  for (const host of ["pokeapi.example", "localhost:8080", "a.test", "b.test", "c.test"]) {
    const page = JSON.parse(
      (await ask(`${origin.url}${root}?limit=1`, { headers: { host } })).body,
    );
    assertEquals(page.next, `http://${host}${root}?offset=1&limit=1`);
    assertEquals(page.results[0].url, `http://${host}${root}/1/`);
    const { species } = JSON.parse(
      (await ask(page.results[0].url.replace(host, new URL(origin.url).host), {
        headers: { host },
      })).body,
    );
    assertEquals(species.url, `http://${host}/api/v2/pokemon-species/1/`);
  }
});

Deno.test("a Host that is no host does not get into documents", async () => {
  for (const host of ['x","y":"', "<script>", "a b", "x".repeat(300)]) {
    const { body } = await ask(`${origin.url}${root}?limit=1`, { headers: { host } });
    assertEquals(JSON.parse(body).next, `${origin.url}${root}?offset=1&limit=1`);
  }
});

Deno.test("full documents hold moves, slim ones are the same without them", async () => {
  await using full = await startOrigin({ ...still, payload: "full" });
  await using slim = await startOrigin({ ...still, payload: "slim" });
  const [more, less] = await Promise.all(
    [full, slim].map(async ({ url }) => {
      const { body } = await ask(`${url}${root}/1`, { headers: { host: "pokeapi.test" } });
      return JSON.parse(body);
    }),
  );
  assert(more.moves.length > 50);
  assertEquals({ ...more, moves: [] }, less);
});
