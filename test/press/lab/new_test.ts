/** `deno task lab new`: a notebook for an API of one's own, made, run and published. */
import { assert, assertEquals, assertFalse, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { fromAddress, fromCurl, fromHar } from "../../../lib/press/lab/own_requests.ts";
import { codeCells, tagsOf } from "../../../lib/press/notebook/notebook.ts";
import { parseNotebook } from "../../../lib/press/notebook/parse_notebook.ts";
import { UsageError } from "../../../lib/ground/usage.ts";
import { Checkout } from "./fixture_checkout.ts";

const LAB = "lib/press/lab/lab.ts";
const SECRETS = ["s3cr3t-header", "s3cr3t-cookie", "s3cr3t-query", "s3cr3t-body", "s3cr3t-login"];
const [HEADER, COOKIE, QUERY, BODY, LOGIN] = SECRETS;

function withoutSecrets(text: string): string {
  for (const secret of SECRETS) assertFalse(text.includes(secret), `${secret} in ${text}`);
  return text;
}

/** The cell that `code` makes, run with a `record` that gives back what it is told. */
function told(code: string): unknown {
  return new Function("record", `return record({ ${code} });`)((options: unknown) => options);
}

Deno.test("lab new: an address becomes what record is told, ids of digits as numbers", () => {
  const url = "http://127.0.0.1:81/items/{id}";
  assertEquals(told(fromAddress(url, ["1", "20"], []).code), { url, ids: [1, 20] });
  const header = "Authorization: Bearer $API_TOKEN";
  assertEquals(told(fromAddress("http://localhost/a", [], [header, "accept:text/csv"]).code), {
    requests: ["http://localhost/a"],
    headers: { Authorization: "Bearer $API_TOKEN", accept: "text/csv" },
  });
  assertEquals(told(fromAddress(url, ["b c", "1"], []).code), { url, ids: ["b c", "1"] });
});

Deno.test("lab new: a host that is not this machine stands in the cell, to be agreed to", () => {
  const { code } = fromAddress("https://api.example.com/a", [], []);
  assertStringIncludes(code, `// agreed: ["api.example.com"],`);
  assertFalse(fromAddress("http://[::1]:8/a", [], []).code.includes("agreed"));
});

Deno.test("lab new: a curl command leaves its secrets behind, and says how many they were", () => {
  const command = `curl 'https://api.example.com/items?page=${QUERY}' -H 'Accept: text/csv' ` +
    `-H 'Authorization: Bearer ${HEADER}' -b 'a=${COOKIE}; b=2' -H 'User-Agent: Browser' ` +
    `-H 'Referer: https://elsewhere.example/?q=${QUERY}' --data '{"password":"${BODY}"}' -X PUT`;
  const { code, notes } = fromCurl(command, []);
  withoutSecrets(code + notes.join());
  const url = "https://api.example.com/items";
  assertEquals(told(code), { requests: [{ url, method: "PUT", headers: { Accept: "text/csv" } }] });
  assertStringIncludes(
    notes.join(),
    "left out: 1 header with credentials, 2 cookies, 1 query value, 1 body and 2 headers that are " +
      "the browser’s own",
  );
  assertStringIncludes(code, '// headers: { Authorization: "Bearer $API_TOKEN" },');
  const kept = fromCurl("curl 'http://localhost/a?page=2' --json '{\"a\":1}'", ["query", "body"]);
  assertEquals(told(kept.code), {
    requests: [{
      url: "http://localhost/a?page=2",
      headers: { "Content-Type": "application/json" },
      body: '{"a":1}',
    }],
  });
  assertEquals(kept.notes, []);
});

Deno.test("lab new: what is a secret by its name is refused where it's written out, and not repeated", () => {
  const wrong: [give: () => unknown, words: string][] = [
    [() => fromAddress(`https://x.example/?api_key=${QUERY}`, [], []), "?api_key=… is a secret"],
    [() => fromAddress(`https://me:${LOGIN}@x.example/`, [], []), "the login in the address is"],
    [() => fromAddress("https://x.example/", [], [`X-Api-Key: ${HEADER}`]), "X-Api-Key holds a"],
    [() => fromAddress("https://x.example/", [], [`Referer: /?key=${QUERY}`]), "Referer holds a"],
    [() => fromCurl(`curl 'http://x.example/?token=${QUERY}'`, ["query"]), "?token=… is a secret"],
    [() => fromAddress(`https://$ME:${LOGIN}$WORD@x.example/`, [], []), "the login in the address"],
    [() => fromAddress(`https://x.example/?key=${QUERY}$WORD`, [], []), "?key=… is a secret"],
    [() => fromAddress(`https://x.example/a;sid=${QUERY}`, [], []), "a part of its path is"],
    [() => fromAddress("https://x.example/", [], [`X-Id: Bearer ${HEADER}`]), "X-Id holds a"],
    [
      () => fromCurl(`curl -d 'a=1&password=${BODY}' x.example`, ["body"]),
      "its body holds a secret",
    ],
  ];
  for (const [give, words] of wrong) {
    const { message } = assertThrows(give, UsageError);
    assertStringIncludes(withoutSecrets(message), words);
  }
  withoutSecrets(fromAddress(`https://x.example/#access_token=${QUERY}`, [], []).code);
  const named = fromAddress("https://x.example/?api_key=$KEY", [], ["X-Api-Key: $KEY"]);
  assertStringIncludes(named.code, "api_key=$KEY");
});

Deno.test("lab new: what cannot be recorded is refused in a sentence", () => {
  const wrong: [give: () => unknown, words: string][] = [
    [() => fromAddress("ftp://x.example/a", [], []), "begins with http:// or https://"],
    [() => fromAddress("/items/1", [], []), "begins with http:// or https://"],
    [() => fromAddress("http://x.example/a", ["1"], []), "--url has no {id} for --ids"],
    [() => fromAddress("http://x.example/{id}", [], []), "say with --ids what to put in"],
    [() => fromAddress("http://x.example/", [], ["no colon"]), '--header wants "Name: value"'],
    [() => fromCurl("wget http://x.example", []), 'must begin with "curl"'],
    [() => fromCurl("", []), 'must begin with "curl"'],
    [() => fromCurl("curl https://{{host}}/a", []), "--curl must have an address that begins with"],
    [() => fromAddress("https://$HOST/a", [], []), "--url must have an address that begins with"],
  ];
  for (const [give, words] of wrong) {
    assertStringIncludes(assertThrows(give, UsageError).message, words);
  }
});

/** A HAR of these entries, in a file for as long as `use` runs. */
function withHar(content: unknown, use: (file: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    const file = join(folder, "some.har");
    Deno.writeTextFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    use(file);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const entry = (url: string, more: object = {}, type = "application/json") => ({
  request: { method: "GET", url, headers: [{ name: "Cookie", value: COOKIE }], ...more },
  response: { status: 200, content: { mimeType: type } },
});

Deno.test("lab new: of a HAR the busiest host's data are asked for, each once, without its secrets", () => {
  const post = { method: "POST", postData: { text: BODY } };
  const entries = [
    entry("https://cdn.example/logo.png", {}, "image/png"),
    entry(`https://api.example.com/items?page=${QUERY}`),
    entry("https://api.example.com/items"),
    entry("https://api.example.com/page.html", {}, "text/html"),
    entry("https://api.example.com/orders", post),
    entry("data:text/plain,hello"),
    entry(`https://api.example.com/a;jsessionid=${QUERY}`),
    entry("https://api.example.com/login", {
      method: "POST",
      postData: { text: `{"password":"${LOGIN}"}` },
    }),
    { ...entry("https://api.example.com/socket"), response: { status: 101 } },
  ];
  withHar({ log: { entries } }, (file) => {
    const { code, notes } = fromHar(file, [], undefined);
    withoutSecrets(code + notes.join());
    assertEquals(told(code), { requests: ["https://api.example.com/items"] });
    assertStringIncludes(notes.join(), "2 headers and 1 query value");
    assertStringIncludes(notes.join(), "1 request with a secret");
    const kept = told(fromHar(file, ["query", "body"], undefined).code) as { requests: unknown[] };
    assertEquals(kept.requests, [
      `https://api.example.com/items?page=${QUERY}`,
      "https://api.example.com/items",
      { url: "https://api.example.com/orders", method: "POST", body: BODY },
    ]);
    assertEquals(told(fromHar(file, [], "cdn.example").code), {
      requests: ["https://cdn.example/logo.png"],
    });
    const { message } = assertThrows(() => fromHar(file, [], "other.example"), UsageError);
    assertStringIncludes(message, "there are cdn.example and api.example.com");
  });
});

Deno.test("lab new: of a HAR with very many requests the first fifty are asked for", () => {
  const entries = Array.from({ length: 70 }, (_, i) => entry(`https://x.example/${i}`));
  withHar({ log: { entries } }, (file) => {
    const { code, notes } = fromHar(file, [], undefined);
    assertEquals((told(code) as { requests: unknown[] }).requests.length, 50);
    assertStringIncludes(notes.join(), "20 requests past the first fifty");
  });
});

Deno.test("lab new: a file that is no HAR, or a broken one, is refused in a sentence", () => {
  const broken = ["", "{", "[]", '{"log":{}}', '{"log":{"entries":{}}}', "\u0000\u0001"];
  for (const text of broken) {
    withHar(text, (file) => {
      const { message } = assertThrows(() => fromHar(file, [], undefined), UsageError);
      assertStringIncludes(message, "--har some.har is no HAR, or cut off");
    });
  }
  const hostile = [null, 3, "x", {}, { request: null }, { request: { url: 7, headers: 3 } }];
  withHar({ log: { entries: hostile } }, (file) => {
    const { message } = assertThrows(() => fromHar(file, [], undefined), UsageError);
    assertStringIncludes(message, "there is none at all");
  });
  assertThrows(() => fromHar("/nowhere/some.har", [], undefined), UsageError, "cannot be read");
});

Deno.test("lab new: a name is a file's, nothing is written over, and exactly one way is given", async () => {
  using checkout = new Checkout({});
  const make = (...args: string[]) => checkout.run(LAB, ["new", ...args]);
  const wrong: [args: string[], words: string][] = [
    [["../up", "--url", "http://x.example/"], "can't be a notebook's name"],
    [["a b", "--url", "http://x.example/"], "can't be a notebook's name"],
    [["items"], "give one of --url, --curl and --har, not none"],
    [["items", "--url", "http://x.example/", "--curl", "curl x"], "not --url and --curl"],
    [["items", "--curl", "curl http://x.example", "--ids", "1"], "--ids goes with --url alone"],
    [["items", "--url", "http://x.example/", "--keep", "cookies"], "there are query and body"],
  ];
  for (const [args, words] of wrong) {
    const { code, err } = await make(...args);
    assertEquals(code, 2, err);
    assertStringIncludes(err, words);
  }
  assertEquals((await make("items", "--url", "http://x.example/a")).code, 0);
  const mine = "notebooks/mine/items.ipynb";
  const before = checkout.read(mine);
  const { code, err } = await make("items", "--url", "http://x.example/b");
  assertEquals([code, checkout.read(mine)], [2, before]);
  assertStringIncludes(err, "is there already");
});

Deno.test("lab new: a new notebook records once, runs on the copy, and becomes a post; no secret is in any of it", async () => {
  const asked: string[] = [];
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    if (request.headers.get("authorization") !== `Bearer ${HEADER}`) {
      return new Response("no", { status: 401 });
    }
    asked.push(new URL(request.url).pathname);
    return Response.json({ name: "an item", echo: request.headers.get("authorization") });
  });
  using checkout = new Checkout({});
  const env = { API_TOKEN: HEADER, INIT_CWD: checkout.root };
  const url = `http://127.0.0.1:${server.addr.port}/items/{id}`;
  const header = "Authorization: Bearer $API_TOKEN";
  const made = await checkout.run(LAB, [
    ...["new", "items", "--url", url, "--ids", "1,2", "--header", header],
  ], env);
  assertEquals(made.code, 0, made.err);
  const mine = "notebooks/mine/items.ipynb";
  const sizes = ["-p", "blocks=2", "-p", "some=3", "-p", "limits=[2]"];
  const args = [mine, "--fresh", "--out", "out", ...sizes];
  const run = (...more: string[]) =>
    checkout.run("lib/press/tasks/run.ts", [...args, ...more], env);
  const first = await run("--to", "none");
  assertEquals(first.code, 0, first.err);
  // One to warm the connection up, and each three times.
  assertEquals(asked.length, 7);
  const second = await run();
  assertEquals(second.code, 0, second.err);
  assertEquals(asked.length, 7, "the second run asks nobody");
  const ran = parseNotebook(checkout.read("out/notebooks/items.ipynb"), "items.ipynb");
  const shown = codeCells(ran).flatMap((cell) => cell.outputs)
    .flatMap((output) => "data" in output ? Object.keys(output.data) : []);
  const charts = shown.filter((type) => type === "application/vnd.vegalite.v5+json");
  assertEquals(charts.length, 4);
  assert(shown.includes("text/html"), "tables");
  assertEquals(codeCells(ran).filter((cell) => tagsOf(cell).includes("parameters")).length, 1);
  for (const { name, text } of everyFile(checkout.root, ["notebooks", "out"])) {
    assertFalse(text.includes(HEADER), name);
  }
  withoutSecrets([made, first, second].map(({ out, err }) => out + err).join());
});

/** All files in these folders, gzipped ones as they are within. */
function* everyFile(root: string, folders: string[]): Generator<{ name: string; text: string }> {
  for (const folder of folders) {
    for (const { name, isDirectory } of Deno.readDirSync(join(root, folder))) {
      const path = join(folder, name);
      if (isDirectory) yield* everyFile(root, [path]);
      else {
        const bytes = Deno.readFileSync(join(root, path));
        yield { name: path, text: name.endsWith(".gz") ? unzipped(bytes) : decode(bytes) };
      }
    }
  }
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const unzipped = (bytes: Uint8Array) => gunzipSync(bytes).toString();
