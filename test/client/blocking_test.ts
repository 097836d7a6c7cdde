import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { blocking, type OpenBlockingClient } from "../../lib/client/blocking.ts";
import { NEVER } from "../../lib/client/again.ts";
import type { Client } from "../../lib/client/client.ts";
import { fetching } from "../../lib/client/own_client.ts";
import { fresh, keptAlive } from "../../lib/client/library_clients.ts";
import { FetchingThread } from "../../lib/client/fetching_thread.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { Kernel } from "../../lib/press/kernel/kernel.ts";
import { borrowThread, keepThreads, returnThread } from "../../lib/client/threads.ts";
import { emptySamples, type SampleColumns } from "../../lib/trial/samples.ts";
import { FaultyServer } from "./faulty_server.ts";
import { tight } from "./tight.ts";

interface Use {
  readonly open: OpenBlockingClient;
  readonly samples: SampleColumns;
  readonly finished: number[];
  readonly server: FaultyServer;
}

/** Opens a blocking client on a faulty server, and closes both. */
async function use(client: Client, deadline: number, work: (use: Use) => Promise<void> | void) {
  using server = await FaultyServer.start();
  const prepared = await blocking(client).prepare();
  const samples = emptySamples();
  const finished: number[] = [];
  const onSample = (_: SampleColumns, row: number) => finished.push(row);
  try {
    const open = prepared.open(
      { origin: server.url, connections: 1, deadline, samples, onSample, again: NEVER },
    );
    await work({ open, samples, finished, server });
  } finally {
    prepared.close();
    await server.deserted();
  }
}

for (const client of [fresh, keptAlive]) {
  const name = `blocking ${client.name}`;
  const each = (n: number) => client === fresh ? n : 1;

  tight(
    `${name}: returns documents, one socket ${each(2) === 1 ? "for all" : "for each"}`,
    () =>
      use(client, 30_000, async ({ open, server, samples, finished }) => {
        for (let i = 0; i < 20; i++) {
          assertEquals(open.get(`/ok/${i}`), { name: `${i}` });
          assertEquals(finished.length, i + 1); // told while the thread is still at it
        }
        for (let i = 0; i < 20; i++) assertEquals(open.get(`/ok/${i}`, { method: "HEAD" }), {});
        assertEquals(open.sockets, each(40));
        assertEquals((await server.seen()).connections, each(40));
        assertEquals([open.inFlight, open.peakInFlight], [0, 1]);
        assertEquals(samples.status, new Array(40).fill(200));
      }),
  );

  tight(
    `${name}: a row holds when, what came and what the origin says`,
    () =>
      use(client, 30_000, ({ open, samples }) => {
        const before = performance.timeOrigin + performance.now();
        open.get("/ok/%C3%A9");
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

  tight(
    `${name}: nothing else runs on the thread meanwhile`,
    () =>
      use(client, 30_000, ({ open }) => {
        let ticks = 0;
        const timer = setInterval(() => ticks++, 1);
        open.get("/slow/50");
        clearInterval(timer);
        assertEquals(ticks, 0);
      }),
  );

  tight(
    `${name}: documents of 600 KB and of 3 MB arrive whole, and small ones after them`,
    () =>
      use(client, 30_000, ({ open, samples }) => {
        assertEquals(open.get("/big/600000").filler, "é".repeat(300_000));
        assertEquals(open.get("/big/3000000").filler, "é".repeat(1_500_000));
        assertEquals(open.get("/pieces"), { name: "Flabébé" });
        const frame = '{"name":"big","filler":""}'.length;
        assertEquals(samples.bytes, [600_000 + frame, 3_000_000 + frame, 20]);
      }),
  );

  for (
    const [path, kind, problem] of [
      ["/status/404", "status", "404 Not Found"],
      ["/text", "decode", "the body is not JSON (27 bytes)"],
      ["/reset", "network", ""],
      ["/short", "network", ""],
      ["/hang", "timeout", "no answer within 2000 ms"],
    ] as const
  ) {
    tight(
      `${name}: ${path} throws an error of kind "${kind}", and the next one works`,
      () =>
        use(client, kind === "timeout" ? 2000 : 30_000, ({ open, samples, finished }) => {
          const error = assertThrows(() => open.get(path), RequestError) as RequestError;
          assertEquals(error.kind, kind);
          assertStringIncludes(error.message, `GET ${path}: ${problem}`);
          assertEquals([samples.error, finished], [[kind], [0]]);
          assertEquals(open.get("/ok/next"), { name: "next" });
        }),
    );
  }
}

tight("a thread that fell silent is said to be so at every further request", async () => {
  const thread = await FetchingThread.start(1);
  thread.open({ origin: "http://127.0.0.1:1", connections: 1, deadline: 1 }, true);
  thread.end();
  for (const path of ["/1", "/2", "/3"]) {
    const error = assertThrows(() => thread.fetch(path, "GET"), RequestError) as RequestError;
    assertEquals(error.kind, "timeout");
    assertStringIncludes(error.message, `GET ${path}: the thread that fetches fell silent`);
  }
});

tight("a thread that is kept opens connections of its own for each client", async () => {
  using server = await FaultyServer.start();
  const opening = {
    ...{ origin: server.url, connections: 1, deadline: 30_000 },
    ...{ onSample: () => {}, again: NEVER },
  };
  const used: FetchingThread[] = [];
  {
    using _threads = keepThreads();
    for (const client of [keptAlive, fresh, keptAlive]) {
      const prepared = await blocking(client).prepare();
      const open = prepared.open({ ...opening, samples: emptySamples() });
      for (let i = 0; i < 3; i++) assertEquals(open.get(`/ok/${i}`), { name: `${i}` });
      assertEquals(open.sockets, client === fresh ? 3 : 1);
      prepared.close();
      const thread = await borrowThread();
      returnThread(thread);
      used.push(thread);
    }
    assertEquals(new Set(used).size, 1);
    await server.deserted();
    assertEquals((await server.seen()).connections, 5);
  }
  const later = await borrowThread();
  assert(!used.includes(later));
  returnThread(later);
});

tight("a thread that still owes an answer is not lent again", async () => {
  using _threads = keepThreads();
  const thread = await FetchingThread.start(1);
  thread.open({ origin: "http://127.0.0.1:1", connections: 1, deadline: 1 }, true);
  thread.end();
  assertThrows(() => thread.fetch("/1", "GET"), RequestError);
  returnThread(thread);
  const next = await borrowThread();
  assert(next !== thread);
  returnThread(next);
});

Deno.test("a notebook keeps its thread: in a kernel one takes half a second to start", async () => {
  const kernel = await Kernel.start(import.meta.dirname!, new AbortController().signal);
  try {
    const threads = new URL("../../lib/client/threads.ts", import.meta.url);
    const reply = await kernel.execute(
      `
        const { borrowThread, returnThread } = await import("${threads}");
        const first = await borrowThread();
        returnThread(first);
        if (await borrowThread() !== first) throw new Error("another thread");
      `,
      false,
    );
    assertEquals(reply.status, "ok", JSON.stringify(reply));
  } finally {
    await kernel.kill();
  }
});

tight("blocking takes a client of the library", () => {
  assertThrows(() => blocking("kept" as never), TypeError, "blocking: client must be");
  assertThrows(() => blocking(fetching), TypeError, "blocking: client must be fresh or keptAlive");
});
