/** A host that does what live ones do: each is recorded for what it is, and replayed. */
// Runs apart: it sets a variable of all its process.
import { assert, assertEquals, assertRejects } from "@std/assert";
import { gzipSync } from "node:zlib";
import { startOrigin } from "../../lib/origin/start.ts";
import { record, type RecordOptions } from "../../lib/recording/record.ts";
import { ask } from "../origin/ask.ts";
import { type Answers, CERTIFICATE, folder, liveHost, sendJson } from "./live_host.ts";

/** Records against a host that answers so, at most by these options. */
async function recorded(
  answers: Answers,
  options: (url: string) => RecordOptions,
  tls?: "https" | "h2",
) {
  using at = folder();
  await using host = await liveHost(answers, tls);
  const quiet = { pause: 0, times: 2, folder: at.path, name: "it", progress: () => {} };
  const recording = await record({ ...quiet, ...options(host.url) });
  const column = (name: string) => recording.requests.getColumn(name).toArray();
  await using origin = await startOrigin({ replay: recording, handshake: 0 });
  const replayed = await Promise.all(
    [...new Set(column("path"))].map((path) => ask(origin.url + path)),
  );
  return { recording, column, seen: host.seen, sockets: host.sockets(), url: host.url, replayed };
}

Deno.test("live host: one that wants to know who asks is told, and says so where it is not", async () => {
  const answers: Answers = {
    "/other": (_, response) => sendJson(response, {}),
    "/me": ({ headers }, response) =>
      sendJson(response, {}, { status: headers.authorization === "Bearer t-0-k-e-n" ? 200 : 401 }),
  };
  Deno.env.set("LAB_RECORD_TEST_TOKEN", "t-0-k-e-n");
  try {
    const headers = { Authorization: "Bearer $LAB_RECORD_TEST_TOKEN" };
    const { column } = await recorded(answers, (url) => ({ url: `${url}/me`, headers }));
    assertEquals(column("status"), [200, 200]);
  } finally {
    Deno.env.delete("LAB_RECORD_TEST_TOKEN");
  }
  const login = await recorded(answers, (url) => ({
    url: `${url.replace("//", "//me:100%@")}/other`,
    times: 1,
  })).then(({ seen }) => seen.map(({ headers }) => headers.authorization));
  assertEquals(login, Array(2).fill(`Basic ${btoa("me:100%")}`));
  const message = "/me was answered with 401: it wants to know who asks";
  await assertRejects(() => recorded(answers, (url) => ({ url: `${url}/me` })), Error, message);
});

Deno.test("live host: one that says when to come back is asked then, and no answer of these is kept", async () => {
  const answers: Answers = {
    "/items": (_, response, nth) =>
      nth % 2 === 0
        ? sendJson(response, {}, {
          status: nth % 4 === 0 ? 503 : 429,
          headers: { "retry-after": "1" },
        })
        : sendJson(response, { nth }),
  };
  const { column, seen, recording } = await recorded(answers, (url) => ({ url: `${url}/items` }));
  assertEquals([column("status"), seen.length], [[200, 200], 5]);
  for (const [i, before] of [1, 3].entries()) {
    const waited = seen[before + 1].at - seen[before].at;
    assert(waited >= 990, `${i}: ${waited}`);
  }
  assertEquals(recording.notes.length, 2);
});

Deno.test("live host: one that asks for longer than anybody waits ends the recording, which keeps the rest", async () => {
  using at = folder();
  let patience = 3;
  await using host = await liveHost({
    "/items": (_, response) =>
      patience-- > 0
        ? sendJson(response, {})
        : sendJson(response, {}, { status: 429, headers: { "retry-after": "3600" } }),
  });
  const options = { url: `${host.url}/items/{id}`, ids: [1, 2], pause: 0, times: 2 };
  const where = { folder: at.path, name: "it", progress: () => {} };
  const first = await record({ ...options, ...where });
  assertEquals([first.complete, first.requests.height, host.seen.length], [false, 2, 4]);
  assert(first.notes[0].startsWith("Not complete, with 2 answers:"), first.notes[0]);
  patience = 100;
  const second = await record({ ...options, ...where });
  // One to warm up, and the second pass, which was not there yet.
  assertEquals([second.complete, second.requests.height, host.seen.length], [true, 4, 4 + 3]);
  assertEquals([second.recorded, second.notes], [first.recorded, []]);
});

Deno.test("live host: what was said of a recording that is gone on with still holds", async () => {
  using at = folder();
  let busy = true;
  await using host = await liveHost({
    "/items": (_, response) => sendJson(response, {}),
    "/round": (_, response) => response.writeHead(308, { location: "/round" }).end(),
    "/busy": (_, response) =>
      busy
        ? sendJson(response, {}, { status: 429, headers: { "retry-after": "3600" } })
        : sendJson(response, {}),
  });
  const requests = ["items", "round", "busy"].map((path) => `${host.url}/${path}`);
  const options = { requests, pause: 0, times: 1, folder: at.path, progress: () => {} };
  const [circles, broken, ...none] = (await record(options)).notes;
  assert(circles.startsWith("/round leads in circles"), circles);
  assert(broken.startsWith("Not complete, with 2 answers:"), broken);
  assertEquals(none, []);
  busy = false;
  const second = await record(options);
  assertEquals([second.complete, second.notes], [true, [circles]]);
  assertEquals(host.seen.filter(({ path }) => path === "/round").length, 6);
});

Deno.test("live host: a redirect is followed within the host and no further, and takes no credentials along", async () => {
  await using elsewhere = await liveHost({ "/": (_, response) => sendJson(response, {}) });
  const answers: Answers = {
    "/old": (_, response) => response.writeHead(302, { location: "/new?x=1" }).end(),
    "/new": (_, response) => sendJson(response, { new: true }),
    "/away": (_, response) => response.writeHead(307, { location: `${elsewhere.url}/` }).end(),
    "/round": (_, response) => response.writeHead(308, { location: "/round" }).end(),
    "/posted": (_, response) => response.writeHead(303, { location: "/new" }).end(),
  };
  const headers = { Authorization: "Bearer secret-value" };
  const { column, recording, seen } = await recorded(answers, (url) => ({
    requests: [
      ...["old", "away", "round"].map((path) => `${url}/${path}`),
      { url: `${url}/posted`, body: "x" },
    ],
    times: 1,
    headers,
  }));
  assertEquals(column("path"), ["/old", "/away", "/round", "/posted"]);
  assertEquals(column("status"), [200, 307, 308, 200]);
  assertEquals(recording.paths, ["/old", "/posted"]);
  assertEquals(elsewhere.seen, []);
  assertEquals(seen.filter(({ path }) => path === "/round").length, 6);
  const followed = seen.filter(({ path }) => path === "/new").map(({ method, body }) =>
    method + body
  );
  assertEquals(followed, ["GET"]);
  const host = new URL(elsewhere.url).host;
  assert(recording.notes.some((note) => note.includes(`leads to ${host}, which was not asked`)));
  assert(recording.notes.some((note) => note.includes("/round leads in circles")));
});

Deno.test("live host: errors, pieces, compression and what is no JSON are recorded as they came", async () => {
  const text = { name: "x".repeat(5_000) };
  const answers: Answers = {
    "/500": (_, response) => response.writeHead(500).end("broken"),
    "/pieces": (_, response) => {
      response.writeHead(200, { "content-type": "application/json" }).write('{"a":');
      setTimeout(() => response.end("1}"), 30);
    },
    "/gzip": ({ headers }, response) =>
      sendJson(response, text, {
        encoding: headers["accept-encoding"].includes("gzip") ? "gzip" : undefined,
      }),
    "/br": (_, response) => sendJson(response, text, { encoding: "br" }),
    "/page": (_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<p>é</p>"),
    "/bytes": (_, response) => response.writeHead(200).end(Uint8Array.of(0xff, 0xfe, 0)),
    "/none": (_, response) => response.writeHead(204).end(),
  };
  const paths = Object.keys(answers);
  const all = (documents: boolean) =>
    recorded(
      answers,
      (url) => ({ requests: paths.map((path) => url + path), times: 1, documents }),
    );
  const { column, recording, replayed } = await all(false);
  assertEquals(column("path"), paths);
  assertEquals(column("status"), [500, 200, 200, 200, 200, 200, 204]);
  const bytes = column("bytes") as number[];
  assertEquals([bytes[0], bytes[1], bytes[4], bytes[5], bytes[6]], [6, 7, 9, 3, 0]);
  assert(bytes[2] < 500 && bytes[3] < 500);
  // However late this side looks, it was asked before the pieces came and read after.
  assert((column("ms")[1] as number) >= 25);
  assertEquals(recording.paths, paths.slice(1, -1));
  assertEquals(replayed.map(({ status }) => status), column("status"));
  assertEquals(replayed.map(({ body }) => body.length), bytes);
  assertEquals(replayed[4].headers["content-type"], "text/html");
  const kept = await all(true);
  assertEquals(Object.fromEntries(kept.recording.documents), {
    "/pieces": '{"a":1}',
    "/gzip": JSON.stringify(text),
    "/br": JSON.stringify(text),
    "/page": "<p>é</p>",
    "/none": "",
  });
  assertEquals(kept.replayed[4].body, "<p>é</p>");
});

Deno.test("live host: a document that is huge, or grows to be, is measured and not kept, and that is said", async () => {
  const answers: Answers = {
    "/huge": (_, response) => response.end("x".repeat(2 ** 24 + 1)),
    "/grows": (_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(
        gzipSync(new Uint8Array(2 ** 26 + 1)),
      );
    },
  };
  const { recording, column, replayed } = await recorded(answers, (url) => ({
    requests: [`${url}/huge`, `${url}/grows`],
    times: 1,
    documents: true,
  }));
  assertEquals([column("status"), recording.documents.size], [[200, 200], 0]);
  assertEquals(replayed.map(({ body }) => body.length), column("bytes"));
  const [note, ...others] = recording.notes;
  assert(note.startsWith("Of some requests the sizes alone are kept: their documents are"), note);
  assertEquals(others, []);
});

Deno.test("live host: one that hangs up, or is too slow, is recorded as such and asked on", async () => {
  const answers: Answers = {
    "/good": (_, response) => sendJson(response, {}),
    "/gone": (_, response) => void response.socket?.destroy(),
    "/half": (_, response) => {
      response.writeHead(200, { "content-length": 100 }).write(
        "half",
        () => response.socket?.destroy(),
      );
    },
    "/slow": () => {},
  };
  const { column, recording } = await recorded(answers, (url) => ({
    requests: ["good", "gone", "half", "slow"].map((path) => `${url}/${path}`),
    times: 1,
    deadline: 5_000,
  }));
  assertEquals(column("status"), [200, 0, 0, 0]);
  assertEquals(recording.paths, ["/good"]);
  assertEquals(String(column("ms").slice(1)), ",,");
  assertEquals(recording.complete, true);
  const errors = column("error") as string[];
  assertEquals([errors[0], errors[3]], ["", "no answer within 5000 ms"]);
  assert(errors[1] !== "" && errors[2] !== "", String(errors));
});

Deno.test("live host: its certificate is trusted where it is said so, and not otherwise", async () => {
  const answers: Answers = { "/items": (_, response) => sendJson(response, {}) };
  const trusted = (url: string) => ({ url: `${url}/items`, certificates: CERTIFICATE });
  const { recording, column } = await recorded(answers, trusted, "https");
  assertEquals([column("status"), recording.protocol], [[200, 200], "HTTP/1.1"]);
  const tls = recording.handshakes.getColumn("tls_ms").toArray();
  assert(tls.length === 2 && tls.every((ms) => Number(ms) > 0));
  const untrusted = () => recorded(answers, (url) => ({ url: `${url}/items` }), "https");
  await assertRejects(untrusted, Error, 'Trust its certificate with certificates: "its.pem"');
});

Deno.test("live host: HTTP/2 is spoken where the host does, and it is said what that means", async () => {
  const answers: Answers = { "/items": ({ path }, response) => sendJson(response, { path }) };
  const { recording, column, replayed } = await recorded(answers, (url) => ({
    url: `${url}/items/{id}?page=1`,
    ids: [1, 2],
    certificates: CERTIFICATE,
    documents: true,
  }), "h2");
  assertEquals([recording.protocol, column("status")], ["HTTP/2", [200, 200, 200, 200]]);
  assert(recording.notes[0].startsWith("The host speaks HTTP/2"), recording.notes[0]);
  assertEquals(replayed.map(({ body }) => JSON.parse(body).path), [
    "/items/1?page=1",
    "/items/2?page=1",
  ]);
});

Deno.test("live host: pages are followed as far as they go, and as far as is asked for", async () => {
  const answers: Answers = {
    "/list": ({ path }, response) => {
      const page = Number(new URLSearchParams(path.split("?")[1]).get("token"));
      sendJson(response, { next: page < 4 ? `/list?token=${page + 1}` : null });
    },
  };
  const next = (document: { next: string | null }) => document.next;
  const pages = (more: object) =>
    recorded(answers, (url) => ({ url: `${url}/list?token=0`, next, ...more }));
  const { recording, seen } = await pages({});
  // A token is a secret by its name: the paths are told apart by their number.
  const paths = ["", 2, 3, 4, 5].map((n) => `/list?token=***${n && `&lab-request=${n}`}`);
  assertEquals(recording.paths, paths);
  assertEquals(seen.length, 1 + 5 + 5);
  assertEquals((await pages({ pages: 2 })).recording.paths, paths.slice(0, 2));
  const wrong = () =>
    recorded({ "/": (_, response) => response.end("<p>") }, (url) => ({ url, next }));
  await assertRejects(wrong, Error, "record: the page / is not JSON, so next cannot read it");
  const away = () =>
    recorded(
      { "/": (_, response) => sendJson(response, { next: "https://other.example.com/" }) },
      (url) => ({ url, next }),
    );
  await assertRejects(away, RangeError, "record: next must be of one host");
  for (const next of [() => Promise.resolve("/list"), () => 5]) {
    const strange = () => recorded(answers, (url) => ({ url: `${url}/list`, next: next as never }));
    await assertRejects(strange, TypeError, "text of a URL, or null, not ");
  }
});

Deno.test("live host: POST and GraphQL are sent where they are asked for, each with a path of its own", async () => {
  const answers: Answers = {
    "/": ({ body }, response) => sendJson(response, { length: body.length }),
  };
  const query = "query ($ID: ID!) { item(id: $ID) { name } }";
  const { column, recording, seen, replayed } = await recorded(answers, (url) => ({
    requests: [
      `${url}/graphql`,
      ...[1, 22].map((id) => ({
        url: `${url}/graphql`,
        graphql: { query, variables: { ID: id } },
      })),
      { url: `${url}/items?x=1`, body: { name: "mew" } },
      { url: `${url}/items?x=1`, method: "PUT", body: "plain" },
    ],
    times: 1,
    documents: true,
  }));
  const paths = ["", "?lab-request=2", "?lab-request=3"].map((query) => `/graphql${query}`);
  assertEquals(recording.paths, [...paths, "/items?x=1", "/items?x=1&lab-request=2"]);
  assertEquals(column("method"), ["GET", "POST", "POST", "POST", "PUT"]);
  const [, , first, second, third, fourth] = seen;
  assertEquals(JSON.parse(first.body), { query, variables: { ID: 1 } });
  assertEquals(JSON.parse(second.body).variables, { ID: 22 });
  assertEquals([third.path, third.body, third.headers["content-type"]], [
    "/items?x=1",
    '{"name":"mew"}',
    "application/json",
  ]);
  assertEquals([fourth.method, fourth.body], ["PUT", "plain"]);
  assertEquals(
    replayed.map(({ body }) => JSON.parse(body).length),
    seen.slice(1).map(({ body }) => body.length),
  );
});

Deno.test("live host: a curl command is read and asked, without what may be a secret unless that is kept", async () => {
  const answers: Answers = { "/": (_, response) => sendJson(response, {}) };
  const command = (url: string) =>
    `curl '${url}/items/{id}?page=2' -H 'Accept: application/json' -b 'sid=abc' --compressed`;
  const { recording, seen } = await recorded(
    answers,
    (url) => ({ curl: command(url), ids: [1, 2] }),
  );
  assertEquals(recording.paths, ["/items/1", "/items/2"]);
  assertEquals(recording.notes, [
    'Left out of the curl command: 1 cookie and 1 query value; keep: ["cookies", "query"] sends them.',
  ]);
  assert(seen.every(({ headers }) => headers.accept === "application/json" && !headers.cookie));
  const kept = await recorded(answers, (url) => ({
    curl: `${command(url)} -d '{"a":1}'`,
    ids: [1],
    keep: ["cookies", "query", "body"] as const,
  }));
  assertEquals(kept.recording.paths, ["/items/1?page=2"]);
  const { method, headers, body } = kept.seen[0];
  assertEquals([method, headers.cookie, body], ["POST", "sid=abc", '{"a":1}']);
  const posting = () => recorded(answers, (url) => ({ curl: `curl ${url} -d a=1` }));
  await assertRejects(
    posting,
    RangeError,
    "the curl command sends a body, which may hold a secret",
  );
});

Deno.test("live host: one whose connection never comes about is given up in time, and nothing is left open", async () => {
  using at = folder();
  // It accepts, and never says a word.
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `https://localhost:${silent.addr.port}`;
  const options = { url, pause: 0, deadline: 150, folder: at.path, progress: () => {} };
  const message = `record: GET ${url}/ failed: no answer within 150 ms`;
  await assertRejects(() => record(options), Error, message);
});
