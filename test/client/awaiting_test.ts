import {
  assert,
  assertEquals,
  assertGreaterOrEqual,
  assertInstanceOf,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import type { Client, OpenClient } from "../../lib/client/client.ts";
import { fresh } from "../../lib/client/fresh.ts";
import { keptAlive } from "../../lib/client/kept_alive.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { emptySamples, type SampleColumns } from "../../lib/trial/samples.ts";
import { FaultyServer, nowhere } from "./faulty_server.ts";
import { tight } from "./tight.ts";

interface Use {
  readonly open: OpenClient;
  readonly samples: SampleColumns;
  readonly finished: number[];
  readonly server: FaultyServer;
}

/** Opens a client on a faulty server, and closes both. */
async function use(
  client: Client,
  work: (use: Use) => Promise<void>,
  { deadline = 30_000, connections = Infinity } = {},
): Promise<void> {
  using server = await FaultyServer.start();
  const samples = emptySamples();
  const finished: number[] = [];
  const onSample = (_: SampleColumns, row: number) => finished.push(row);
  const open = client.open({ origin: server.url, connections, deadline, samples, onSample });
  try {
    await work({ open, samples, finished, server });
  } finally {
    await open.close(new Error("over"));
    assertEquals(open.inFlight, 0);
    await server.deserted();
  }
}

const many = (n: number) => Array.from({ length: n }, (_, i) => `/ok/${i}`);

for (const client of [fresh, keptAlive]) {
  const each = (n: number) => client === fresh ? n : 1;

  tight(
    `${client.name}: one at a time opens ${each(20)} sockets for 20 requests, and says so`,
    () =>
      use(client, async ({ open, server }) => {
        for (const path of many(20)) assertEquals(await open.get(path), { name: path.slice(4) });
        assertEquals(open.sockets, each(20));
        assertEquals((await server.seen()).connections, each(20));
        assertEquals(open.peakInFlight, 1);
      }),
  );

  tight(
    `${client.name}: 20 HEADs, the same sockets as 20 GETs`,
    () =>
      use(client, async ({ open, server, samples }) => {
        for (const path of many(20)) assertEquals(await open.get(path, { method: "HEAD" }), {});
        assertEquals(open.sockets, each(20));
        assertEquals((await server.seen()).connections, each(20));
        assertEquals(samples.bytes, new Array(20).fill(0));
      }),
  );

  tight(
    `${client.name}: 40 at once are 40 in flight on 40 sockets`,
    () =>
      use(client, async ({ open, server, samples, finished }) => {
        const documents = await Promise.all(many(40).map((path) => open.get(path)));
        assertEquals(documents.map(({ name }) => name), many(40).map((path) => path.slice(4)));
        assertEquals([open.sockets, open.peakInFlight, open.inFlight], [40, 40, 0]);
        assertEquals((await server.seen()).connections, 40);
        assertEquals(samples.path, many(40));
        assertEquals(finished.toSorted((a, b) => a - b), samples.path.map((_, i) => i));
      }),
  );

  tight(
    `${client.name}: no more connections at once than allowed, the rest wait their turn`,
    () =>
      use(client, async ({ open }) => {
        await Promise.all(many(30).map((path) => open.get(path)));
        assertEquals(open.sockets, client === fresh ? 30 : 3);
        assertEquals(open.peakInFlight, 30);
      }, { connections: 3 }),
  );

  tight(
    `${client.name}: a row holds when, what came and what the origin says`,
    () =>
      use(client, async ({ open, samples }) => {
        const before = performance.timeOrigin + performance.now();
        await open.get("/ok/%C3%A9");
        const after = performance.timeOrigin + performance.now();
        const row = Object.fromEntries(Object.entries(samples).map(([name, [v]]) => [name, v]));
        const { planned, start, end, ...rest } = row as Record<string, number>;
        assertEquals(planned, start);
        assert(
          before <= start && start <= end && end <= open.lastFinish && open.lastFinish <= after,
        );
        assertEquals(rest as Record<string, unknown>, {
          ...{ path: "/ok/%C3%A9", k: 3, status: 200, bytes: 13, error: "", attempt: 1, socket: 1 },
          ...{ drawn: NaN, served: 1.5, queue: NaN, handshake: NaN },
        });
      }),
  );

  for (
    const [path, kind, problem, status] of [
      ["/status/404", "status", "404 Not Found", 404],
      ["/status/429", "status", "429 Too Many Requests", 429],
      ["/status/500", "status", "500 Internal Server Error", 500],
      ["/status/301", "status", "301 Moved Permanently", 301],
      ["/text", "decode", "the body is not JSON (27 bytes)", 200],
      ["/empty", "decode", "the body is not JSON (0 bytes)", 200],
      ["/reset", "network", "", 0],
      ["/short", "network", "", 200],
      ["/hang", "timeout", "no answer within 250 ms", 0],
      ["/stuck", "timeout", "no answer within 250 ms", 200],
      ["no slash", "network", "", 0],
    ] as const
  ) {
    tight(
      `${client.name}: ${path} is an error of kind "${kind}" that names its request, and the next one works`,
      () =>
        use(client, async ({ open, samples, finished }) => {
          const error = await assertRejects(() => open.get(path), RequestError);
          assertEquals(error.kind, kind);
          assertStringIncludes(error.message, `GET ${path}: ${problem}`);
          if (kind === "network" || kind === "decode") assertInstanceOf(error.cause, Error);
          assertEquals(samples.error, [kind]);
          assertEquals(samples.status, [status]);
          assertEquals(finished, [0]);
          if (kind === "timeout") assertGreaterOrEqual(samples.end[0] - samples.start[0], 250);
          assertEquals(await open.get("/ok/next"), { name: "next" });
        }, { deadline: kind === "timeout" ? 250 : 30_000, connections: 1 }),
    );
  }

  tight(`${client.name}: a refused connection is a network error with its cause`, async () => {
    const samples = emptySamples();
    const origin = nowhere();
    const open = client.open(
      { origin, connections: 1, deadline: 30_000, samples, onSample: () => {} },
    );
    const error = await assertRejects(() => open.get("/ok/1"), RequestError, "GET /ok/1: ");
    assertEquals(error.kind, "network");
    assertStringIncludes(error.message, "ECONNREFUSED");
    assertEquals(open.sockets, 0);
    await open.close(null);
  });

  tight(
    `${client.name}: bodies in pieces, of 600 KB, and that are no object, arrive whole`,
    () =>
      use(client, async ({ open, samples }) => {
        assertEquals(await open.get("/pieces"), { name: "Flabébé" });
        assertEquals((await open.get("/big/600000")).filler, "é".repeat(300_000));
        assertEquals(await open.get("/bare"), 7);
        assertEquals(samples.bytes, [20, 600_000 + '{"name":"big","filler":""}'.length, 1]);
      }),
  );

  tight(
    `${client.name}: what is in flight when it closes is an "abort", and never settles`,
    () =>
      use(client, async ({ open, samples, finished }) => {
        let settled = 0;
        const settle = () => settled++;
        for (const path of ["/hang", "/stuck", "/hang"]) open.get(path).then(settle, settle);
        await open.get("/ok/1"); // the others are under way
        await open.close(new Error("enough"));
        open.get("/ok/2").then(settle, settle);
        await new Promise((resolve) => setTimeout(resolve, 5));
        assertEquals(settled, 0);
        assertEquals(samples.error, ["abort", "abort", "abort", ""]);
        assertEquals(finished.length, 4);
      }),
  );
}

tight(
  "kept: a connection that the server closes is opened anew",
  () =>
    use(keptAlive, async ({ open, server }) => {
      for (let i = 0; i < 3; i++) assertEquals(await open.get("/last"), { name: "last" });
      assertEquals(open.sockets, 3);
      assertEquals((await server.seen()).connections, 3);
    }, { connections: 1 }),
);

tight(
  "kept: an error answer leaves the connection in use",
  () =>
    use(keptAlive, async ({ open }) => {
      await assertRejects(() => open.get("/status/404"), RequestError);
      await open.get("/ok/1");
      await open.get("/ok/2");
      assertEquals(open.sockets, 1);
    }),
);

tight(
  "deadlines fall due one by one, and only for those that are late",
  () =>
    use(keptAlive, async ({ open, samples }) => {
      const kinds = await Promise.all(
        ["/hang", "/ok/1", "/hang"].map((path) =>
          open.get(path).then(() => "", (error: RequestError) => error.kind)
        ),
      );
      assertEquals(kinds, ["timeout", "", "timeout"]);
      assertEquals(
        await open.get("/stuck").catch((error: RequestError) => error.kind),
        "timeout",
      );
      assertEquals(samples.error, ["timeout", "", "timeout", "timeout"]);
    }, { deadline: 250 }),
);

tight(
  "each request has the whole deadline, counted from its own start",
  () =>
    use(keptAlive, async ({ open, samples }) => {
      for (let i = 0; i < 8; i++) await open.get("/slow/100");
      assertEquals(samples.error, new Array(8).fill(""));
    }, { deadline: 700 }),
);

tight(
  "rows stand in the order dispatched, with the arrivals of a path counted",
  () =>
    use(keptAlive, async ({ open, samples, finished }) => {
      const paths = ["/slow/150", "/hang", "/pieces", "/pieces"];
      await Promise.allSettled(paths.map((path) => open.get(path)));
      assertEquals(samples.path, paths);
      assertEquals(samples.k.slice(1), [1, 1, 2]); // the first has the origin's own count
      assertEquals(finished.slice(2), [0, 1]);
    }, { deadline: 800 }),
);

tight(
  "a request that waits for a connection is under its deadline too, and never sent",
  () =>
    use(keptAlive, async ({ open, samples, server }) => {
      const kinds = await Promise.all(
        ["/hang", "/ok/1"].map((path) =>
          open.get(path).then(() => "", (error: RequestError) => error.kind)
        ),
      );
      assertEquals(kinds, ["timeout", "timeout"]);
      assertEquals(samples.status, [0, 0]);
      await open.get("/ok/2");
      assertEquals((await server.seen()).requests, 2);
    }, { deadline: 250, connections: 1 }),
);
