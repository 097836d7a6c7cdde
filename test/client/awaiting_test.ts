/** Clients whose `get` is awaited: connections, rows, bodies, closing. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { fresh, keptAlive } from "../../lib/client/library_clients.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { use } from "./in_use.ts";
import { tight } from "./tight.ts";

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
    `${client.name}: it resolves to what was taken of the document, and rejects with what that threw`,
    () =>
      use(client, async ({ open, samples }) => {
        const take = ({ name }: { name: string }, path: string) => `${name} of ${path}`;
        assertEquals(await open.get("/ok/1", { take }), "1 of /ok/1");
        const shy = () => {
          throw new RangeError("nothing to take");
        };
        await assertRejects(() => open.get("/ok/2", { take: shy }), RangeError, "nothing to take");
        await assertRejects(() => open.get("/status/404", { take }), RequestError);
        assertEquals(await open.get("/ok/3", { method: "HEAD", take: Object.keys }), []);
        assertEquals(samples.error, ["", "", "status", ""]);
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
