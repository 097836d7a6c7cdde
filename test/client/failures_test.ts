/** What goes wrong with a request: kinds, names, deadlines. */
import {
  assertEquals,
  assertGreaterOrEqual,
  assertInstanceOf,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { NEVER } from "../../lib/client/again.ts";
import { fresh, keptAlive } from "../../lib/client/library_clients.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { emptySamples } from "../../lib/trial/samples.ts";
import { nowhere } from "./faulty_server.ts";
import { use } from "./in_use.ts";
import { tight } from "./tight.ts";

/** A deadline, ms, within which what is answered at once is there on a machine that stalls too. */
const SOON = 2000;

for (const client of [fresh, keptAlive]) {
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
      ["/hang", "timeout", `no answer within ${SOON} ms`, 0],
      ["/stuck", "timeout", `no answer within ${SOON} ms`, 200],
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
          if (kind === "timeout") assertGreaterOrEqual(samples.end[0] - samples.start[0], SOON);
          assertEquals(await open.get("/ok/next"), { name: "next" });
        }, { deadline: kind === "timeout" ? SOON : 30_000, connections: 1 }),
    );
  }

  tight(`${client.name}: a refused connection is a network error with its cause`, async () => {
    const samples = emptySamples();
    const origin = nowhere();
    const open = client.open(
      { origin, connections: 1, deadline: 30_000, samples, onSample: () => {}, again: NEVER },
    );
    const error = await assertRejects(() => open.get("/ok/1"), RequestError, "GET /ok/1: ");
    assertEquals(error.kind, "network");
    assertStringIncludes(error.message, "ECONNREFUSED");
    assertEquals(open.sockets, 0);
    await open.close(null);
  });
}

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
    }, { deadline: SOON }),
);

tight(
  "each request has the whole deadline, counted from its own start",
  () =>
    use(keptAlive, async ({ open, samples }) => {
      for (let i = 0; i < 8; i++) await open.get("/slow/400");
      assertEquals(samples.error, new Array(8).fill(""));
    }, { deadline: 3000 }),
);

tight(
  "rows stand in the order dispatched, with the arrivals of a path counted",
  () =>
    use(keptAlive, async ({ open, samples, finished }) => {
      const paths = ["/hang", "/ok/1", "/pieces", "/pieces"];
      await Promise.allSettled(paths.map((path) => open.get(path)));
      assertEquals(samples.path, paths);
      assertEquals(samples.k, [1, 3, 1, 2]); // the second has the origin's own count
      assertEquals(finished.at(-1), 0);
    }, { deadline: SOON }),
);

tight(
  "a request that waits for a connection is under its deadline too, and never sent",
  async () => {
    let sent = 0;
    const twoOnOneConnection = () =>
      use(keptAlive, async ({ open, samples, server }) => {
        const kinds = await Promise.all(
          ["/hang", "/hang"].map((path) =>
            open.get(path).then(() => "", (error: RequestError) => error.kind)
          ),
        );
        assertEquals(kinds, ["timeout", "timeout"]);
        assertEquals(samples.status, [0, 0]);
        await open.get("/ok/1");
        sent = (await server.seen()).requests - 1;
      }, { deadline: SOON, connections: 1 });
    // The second may have a while left when the first gives up, and then has the connection.
    for (let runs = 0; runs < 10 && sent !== 1; runs++) await twoOnOneConnection();
    assertEquals(sent, 1);
  },
);

tight(
  "an abort ends a request that waits for a connection too, and it is never sent",
  () =>
    use(keptAlive, async ({ open, samples, finished, server }) => {
      open.get("/hang");
      open.get("/ok/1");
      // The first one has arrived, and holds the only connection.
      while ((await server.seen()).requests === 0);
      assertEquals([open.inFlight, finished], [2, []]);
      await open.close(new Error("over"));
      assertEquals(samples.error, ["abort", "abort"]);
      assertEquals([open.inFlight, finished], [0, [0, 1]]);
      await server.deserted();
      const { connections, requests } = await server.seen();
      assertEquals({ connections, requests }, { connections: 1, requests: 1 });
    }, { connections: 1 }),
);
