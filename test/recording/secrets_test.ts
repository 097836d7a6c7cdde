/** Secrets planted wherever a request and its answer may hold one, and looked for wherever they could turn up. */
// Runs apart: it sets a variable of all its process.
import { assert, assertEquals, assertRejects } from "@std/assert";
import { createServer } from "node:net";
import { gunzipSync } from "node:zlib";
import { startOrigin } from "../../lib/origin/start.ts";
import { record, type RecordOptions } from "../../lib/recording/record.ts";
import { ask } from "../origin/ask.ts";
import { type Answers, CERTIFICATE, folder, liveHost, sendJson } from "./live_host.ts";

/** By this every planted secret is known; each has an end of its own. */
const PLANTED = "Pl4nted";
const planted = (where: string) => `${PLANTED}-${where}/+ é$x`;
const VARIABLE = "LAB_RECORD_TEST_SECRET";

/** What is seen of a call: what it prints, and what it throws, as a terminal shows it. */
async function seenOf(work: () => Promise<unknown>): Promise<string> {
  const said: string[] = [];
  const methods = ["log", "info", "warn", "error", "debug"] as const;
  const before = methods.map((name) => console[name]);
  for (const name of methods) console[name] = (...args) => void said.push(Deno.inspect(args));
  Deno.env.set(VARIABLE, planted("variable"));
  try {
    const value = await work();
    said.push(Deno.inspect(value, { depth: 9, showHidden: true, strAbbreviateSize: Infinity }));
  } catch (error) {
    said.push(Deno.inspect(error, { depth: 9, showHidden: true }), String((error as Error).stack));
  } finally {
    methods.forEach((name, i) => console[name] = before[i]);
    Deno.env.delete(VARIABLE);
  }
  return said.join("\n");
}

/** All that a folder's files hold, and their names. */
function filesOf(path: string): string {
  const files = [...Deno.readDirSync(path)].map(({ name }) => `${path}/${name}`);
  return files.map((file) => file + gunzipSync(Deno.readFileSync(file)).toString()).join("\n");
}

/** Fails where a secret is seen, in whatever writing. */
function assertClean(text: string, what: string): void {
  const base64 = btoa(PLANTED).slice(0, 8);
  for (const form of [PLANTED, base64]) {
    const at = text.indexOf(form);
    assert(at < 0, `${what}: ${text.slice(Math.max(0, at - 200), at + 50)}`);
  }
}

/** A request with a secret in each place that it has. */
function plantedRequest(url: string, path: string) {
  const address = new URL(`${url}${path}/$${VARIABLE}?page=2&q=$${VARIABLE}`);
  address.searchParams.set("api_key", planted("query"));
  address.username = "me";
  address.password = planted("password");
  return {
    url: address.href.replaceAll("%24", "$") + `#access_token=${planted("fragment")}`,
    headers: {
      Cookie: `sid=${encodeURIComponent(planted("cookie"))}; b=2`,
      "X-Api-Key": encodeURIComponent(planted("key")),
      "X-Session-Token": `$${VARIABLE}`.replace("$", "${").concat("}"),
    },
    body: { page: 2, password: planted("body"), client: `$${VARIABLE}` },
  };
}

Deno.test("secrets: planted everywhere, they reach the host and nothing else", async () => {
  using at = folder();
  await using elsewhere = await liveHost({ "/": (_, response) => sendJson(response, {}) });
  const echo = (request: unknown) => ({ echo: request });
  const answers: Answers = {
    "/echo": (request, response) =>
      sendJson(response, echo(request), { headers: { "set-cookie": `sid=${PLANTED}-set` } }),
    "/away": (_, response) =>
      response.writeHead(302, { location: `${elsewhere.url}/?code=${PLANTED}-code` }).end(),
    "/within": (_, response) =>
      response.writeHead(307, { location: `/broken?code=${PLANTED}-within` }).end(),
    "/broken": (_, response) => void response.socket?.destroy(),
  };
  await using host = await liveHost(answers);
  Deno.env.set(VARIABLE, "x y");
  const options = (): RecordOptions => ({
    requests: ["/echo", "/away", "/within"].map((path) => plantedRequest(host.url, path)),
    pause: 0,
    times: 1,
    folder: at.path,
    documents: true,
    progress: () => {},
  });
  let file = "";
  const seen = await seenOf(async () => {
    const recording = await record(options());
    file = recording.file;
    await using origin = await startOrigin({ replay: recording, handshake: 0 });
    const replayed = await ask(origin.url + recording.paths[0]);
    assert(replayed.body.includes('"echo"'), replayed.body);
    const rows = recording.requests.toRecords();
    assertEquals(rows.map(({ status }) => status), [200, 302, 0]);
    return [recording, rows, replayed, await origin.end().catch(() => {}), [
      ...recording.documents,
    ]];
  });
  // They did reach it: a test that plants nothing would find nothing.
  const [first] = host.seen;
  const reached = decodeURIComponent(JSON.stringify(first));
  for (const where of ["query", "cookie", "key", "body", "variable"]) {
    assert(reached.includes(`${PLANTED}-${where}`), where);
  }
  const login = new TextEncoder().encode(`me:${planted("password")}`).toBase64();
  assertEquals(first.headers.authorization, `Basic ${login}`);
  assertEquals(elsewhere.seen, []);
  assert(seen.includes("leads to localhost:"), seen);
  assertClean(seen, "seen");
  assertClean(filesOf(at.path), file);
});

Deno.test("secrets: in a body that is text, in a path and in a header of any name, they are known too", async () => {
  using at = folder();
  await using host = await liveHost({
    "/": (request, response) => sendJson(response, { echo: request }),
  });
  const jwt = `${["alg", "sub"].map((name) => btoa(`{"${name}":1}`)).join(".")}.${PLANTED}-jwt`;
  const seen = await seenOf(async () => {
    const recording = await record({
      requests: [
        { url: `${host.url}/a`, body: `{"page":2,"password":"${PLANTED}-json"}` },
        { url: `${host.url}/b`, body: `page=2&client_secret=${PLANTED}-form` },
        { url: `${host.url}/c;jsessionid=${PLANTED}-matrix/d` },
        { url: `${host.url}/e/${jwt}` },
        { url: `${host.url}/f`, headers: { "X-Identity": jwt, "X-As": `Bearer ${PLANTED}-as` } },
      ],
      pause: 0,
      times: 1,
      folder: at.path,
      documents: true,
      progress: () => {},
    });
    return [recording, recording.requests.toRecords(), [...recording.documents]];
  });
  assert(JSON.stringify(host.seen).includes(`${PLANTED}-matrix`) && seen.includes("page"), seen);
  assertEquals(JSON.stringify(host.seen).split(PLANTED).length - 1, 7, "the first is asked twice");
  assertClean(seen, "seen");
  assertClean(filesOf(at.path), "file");
});

Deno.test("secrets: of a Referer only what is secret is known, its other words stay as they are", async () => {
  using at = folder();
  await using host = await liveHost({
    "/": ({ headers }, response) =>
      sendJson(response, { next: "https://a/pokemon", came: headers.referer }),
  });
  const referer = `https://me:${PLANTED}-pw@app.example/list?q=pokemon&token=${PLANTED}-referer`;
  const recording = await record({
    requests: [{ url: host.url, headers: { Referer: referer } }],
    pause: 0,
    times: 1,
    folder: at.path,
    documents: true,
    progress: () => {},
  });
  const [document] = [...recording.documents];
  assert(JSON.stringify(host.seen).includes(`${PLANTED}-referer`));
  assert(JSON.stringify(document).includes("https://a/pokemon"), JSON.stringify(document));
  assertClean(JSON.stringify(document), "document");
  assertClean(filesOf(at.path), "file");
});

Deno.test("secrets: one in the address of the next page is known in the page that leads there", async () => {
  using at = folder();
  await using host = await liveHost({
    "/": ({ path }, response) =>
      sendJson(response, { next: path.includes("token") ? null : `/?token=${PLANTED}-next` }),
  });
  const next = (page: { next: string | null }) => page.next;
  const options = { pause: 0, times: 1, folder: at.path, documents: true, progress: () => {} };
  const seen = await seenOf(async () => {
    const recording = await record({ url: host.url, next, ...options });
    return [recording, [...recording.documents]];
  });
  assert(JSON.stringify(host.seen).includes(`${PLANTED}-next`), "it was asked for");
  assertClean(seen, "seen");
  assertClean(filesOf(at.path), "file");
});

Deno.test("secrets: an error that quotes the request or the answer quotes none", async () => {
  using at = folder();
  const raw = createServer((socket) => {
    socket.on("error", () => {});
    socket.once(
      "data",
      (data) => socket.end(`HTTP/1.1 200 OK\r\n${data.toString("latin1")}\r\n${PLANTED}`),
    );
  });
  await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve));
  const { port } = raw.address() as { port: number };
  await using strict = await liveHost({
    "/": (_, response) => sendJson(response, {}, { status: 401 }),
  });
  await using paged = await liveHost({ "/": (_, response) => sendJson(response, {}) });
  await using tls = await liveHost({ "/": (_, response) => sendJson(response, {}) }, "https");
  const common = {
    pause: 0,
    times: 1,
    folder: at.path,
    name: "it",
    progress: () => {},
    deadline: 2_000,
  };
  const headers = { Authorization: `Bearer ${PLANTED}` };
  const failing: [string, RecordOptions][] = [
    ["parse", { url: `http://me:${PLANTED}@localhost:${port}/$${VARIABLE}?key=${PLANTED}` }],
    ["401", { url: `${strict.url}/?key=${PLANTED}`, headers }],
    ["certificate", { url: `${tls.url}/?key=${PLANTED}`, headers }],
    ["no such file", { url: `${tls.url}/`, headers, certificates: `${CERTIFICATE}.none` }],
    ["refused", { url: `http://me:${PLANTED}@localhost:1/?key=${PLANTED}` }],
    ["no such host", { url: `http://${PLANTED}:${PLANTED}@nowhere.localhost/?key=${PLANTED}` }],
    ["no URL", { url: `htp://me:${PLANTED}@localhost/?key=${PLANTED}` }],
    ["no URL at all", { url: `me:${PLANTED}@localhost/?key=${PLANTED}` }],
    ["a header no host takes", {
      url: strict.url,
      headers: { Authorization: `${PLANTED}\r\nX: y` },
    }],
    ["a name no host takes", { url: strict.url, headers: { [`a ${PLANTED}`]: PLANTED } }],
    ["a header that is no text", { url: strict.url, headers: { token: { PLANTED } as never } }],
    ["two hosts", {
      requests: [strict.url, `http://me:${PLANTED}@other.example.com/?key=${PLANTED}`],
    }],
    ["nobody agreed", {
      url: `https://me:${PLANTED}@api.example.com/?key=${PLANTED}`,
      pause: 1000,
    }],
    ["a next page at no address", {
      url: paged.url,
      next: () => `http://me:${PLANTED}@[`,
    }],
    ["curl", {
      curl: `curl ${strict.url} -H "Authorization: Bearer ${PLANTED}" --unknown ${PLANTED}`,
    }],
    ["a command", { curl: `wget https://me:${PLANTED}@localhost` }],
  ];
  try {
    for (const [what, options] of failing) {
      const seen = await seenOf(() => record({ ...common, ...options }));
      assert(seen.includes("record:") || seen.includes("cannot be read"), `${what}: ${seen}`);
      assertClean(seen, what);
    }
  } finally {
    await new Promise((resolve) => raw.close(resolve));
  }
  assertEquals([...Deno.readDirSync(at.path)], []);
});

Deno.test("secrets: a variable that is not set is named, before anything is sent", async () => {
  using at = folder();
  await using host = await liveHost({ "/": (_, response) => sendJson(response, {}) });
  Deno.env.delete(VARIABLE);
  const headers = { Authorization: `Bearer $${VARIABLE}` };
  await assertRejects(
    () =>
      record({
        requests: [host.url, { url: host.url + "/2", headers }],
        folder: at.path,
        progress: () => {},
      }),
    Error,
    `record: header authorization names the variable ${VARIABLE}, which is not set`,
  );
  assertEquals(host.sockets(), 0);
});
