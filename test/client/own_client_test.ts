/** Anybody's function as a client, and the platform's fetch as one. */
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { fetching } from "../../lib/client/own_client.ts";
import { client } from "../../lib/client/own_client.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { use } from "./in_use.ts";
import { tight } from "./tight.ts";

const many = (n: number) => Array.from({ length: n }, (_, i) => `/ok/${i}`);
// Its connections close with each answer: those of the platform's own pool would outlive a test.
const once = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
const responses = client("responses", (url, options) => fetch(url, { ...options, client: once }));
const documents = client("documents", async (url, { signal }) => {
  const response = await fetch(url, { signal, client: once });
  return await response.json();
});
/** As ky, axios and got do: a bad status is thrown, with the answer in the error. */
const throwing = client("throwing", async (url, { signal }) => {
  const response = await fetch(url, { signal, client: once });
  const body = await response.text();
  if (!response.ok) throw Object.assign(new Error(`HTTP ${response.status}`), { response });
  return JSON.parse(body);
});

for (const each of [fetching, responses]) {
  tight(
    `${each.name}: a row holds what came and what the origin says`,
    () =>
      use(each, async ({ open, samples, finished }) => {
        assertEquals(await open.get("/ok/%C3%A9"), { name: "é" });
        const row = Object.fromEntries(Object.entries(samples).map(([name, [v]]) => [name, v]));
        const { planned: _, start, end, ...rest } = row as Record<string, number>;
        assert(start <= end && end <= open.lastFinish);
        assertEquals(rest as Record<string, unknown>, {
          ...{ path: "/ok/%C3%A9", k: 3, status: 200, bytes: 13, error: "", attempt: 1, socket: 1 },
          ...{ drawn: NaN, served: 1.5, queue: NaN, handshake: NaN },
        });
        assertEquals([open.sockets, finished], [NaN, [0]]);
      }),
  );

  tight(
    `${each.name}: a HEAD is one, and its document is empty`,
    () =>
      use(each, async ({ open, samples }) => {
        assertEquals(await open.get("/ok/1", { method: "HEAD" }), {});
        assertEquals(samples.bytes, [0]);
      }),
  );
}

for (const each of [fetching, responses, documents, throwing]) {
  tight(
    `${each.name}: 20 at once are 20 in flight, each with its own answer`,
    () =>
      use(each, async ({ open, samples }) => {
        const answers = await Promise.all(many(20).map((path) => open.get(path)));
        assertEquals(answers.map(({ name }) => name), many(20).map((path) => path.slice(4)));
        assertEquals([open.peakInFlight, open.inFlight], [20, 0]);
        assertEquals(samples.error, new Array(20).fill(""));
      }),
  );

  tight(
    `${each.name}: no answer is a timeout, and the next request works`,
    () =>
      use(each, async ({ open, samples }) => {
        const error = await assertRejects(() => open.get("/hang"), RequestError);
        assertEquals(error.message, "GET /hang: no answer within 2000 ms");
        assertEquals(await open.get("/ok/1"), { name: "1" });
        assertEquals(samples.error, ["timeout", ""]);
      }, { deadline: 2000 }),
  );

  tight(
    `${each.name}: what is in flight when it closes is an "abort", and never settles`,
    () =>
      use(each, async ({ open, samples }) => {
        let settled = 0;
        const settle = () => settled++;
        for (const path of ["/hang", "/stuck"]) open.get(path).then(settle, settle);
        await open.get("/ok/1");
        await open.close(new Error("enough"));
        assertEquals([settled, samples.error], [0, ["abort", "abort", ""]]);
      }),
  );
}

for (
  const [each, path, kind, status] of [
    [fetching, "/status/404", "status", 404],
    [fetching, "/status/301", "status", 301],
    [fetching, "/text", "decode", 200],
    [fetching, "/reset", "network", 0],
    [fetching, "/short", "network", 200],
    [fetching, "no slash", "network", 0],
    [responses, "/status/500", "status", 500],
    [documents, "/text", "network", 0],
    [throwing, "/status/404", "status", 404],
  ] as const
) {
  tight(
    `${each.name}: ${path} is an error of kind "${kind}" that names its request`,
    () =>
      use(each, async ({ open, samples }) => {
        const error = await assertRejects(() => open.get(path), RequestError, `GET ${path}: `);
        assertEquals([error.kind, samples.error, samples.status], [kind, [kind], [status]]);
        assertEquals(await open.get("/ok/next"), { name: "next" });
      }),
  );
}

tight(
  "a function that throws, returns at once, or gives no promise is as good as one that awaits",
  () => {
    const odd = client(
      "odd",
      ((url: string) => {
        if (url.endsWith("throws")) throw "just a text";
        return { name: "at once" };
      }) as never,
    );
    return use(odd, async ({ open, samples }) => {
      assertEquals(await open.get("/ok/1"), { name: "at once" });
      await assertRejects(() => open.get("/throws"), RequestError, "GET /throws: just a text");
      assertEquals([samples.status, samples.bytes], [[NaN, 0], [NaN, 0]]);
    });
  },
);

tight(
  "a function that does not listen to its signal holds up nothing but the closing, and that for a second",
  () => {
    const deaf = client("deaf", async (url) => {
      if (!url.endsWith("1")) await new Promise((resolve) => setTimeout(resolve, 1_200));
      return { name: url };
    });
    let late: Promise<unknown> = Promise.resolve();
    return use(deaf, async ({ open, samples }) => {
      late = new Promise((resolve) => setTimeout(resolve, 1_300));
      await assertRejects(() => open.get("/ok/2"), RequestError, "no answer within 50 ms");
      assertEquals(samples.error, ["timeout"]);
    }, { deadline: 50 }).then(() => late).then(() => {});
  },
);

Deno.test("what is not a client's name, function or kind of connections is refused", () => {
  const ask = () => Promise.resolve({});
  assertThrows(() => client("", ask), RangeError, "client: name must be text that is not empty");
  assertThrows(() => client("ky", "ky" as never), TypeError, "client: ask must be a function");
  const wrong = () => client("ky", ask, { connections: "many" as never });
  assertStringIncludes(assertThrows(wrong, RangeError).message, 'connections must be "kept" or');
  assertEquals(client("ky", ask, { connections: "new" }).connections, "new");
});
