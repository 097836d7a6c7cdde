import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the server saw it. */
export interface Visit {
  readonly method: string;
  readonly path: string;
  /** How many it held when this one came, with this one. */
  readonly held: number;
}

/**
 * A server on loopback that keeps a record of its own. `/together/N/…` is not answered before N of
 * them are there, so that how many are in flight is no matter of time. `/item/ID` is answered at once, with
 * where the next one is; `/stream` in three pieces; `/never` not at all; `/half` breaks off;
 * `/status/N`, `/redirect`, `/empty`.
 */
export async function startStage() {
  const visits: Visit[] = [];
  const waiting: (() => void)[] = [];
  let held = 0;
  const server = createServer((request, response) => {
    const path = request.url!;
    const [, what, n] = path.split(/[/?]/);
    visits.push({ method: request.method!, path, held: ++held });
    // Sent is answered: whoever asked cannot know of it before.
    const { end } = response;
    let counted = true;
    const over = () => {
      if (counted) held--;
      counted = false;
    };
    response.end = (...args: unknown[]) => (over(), Reflect.apply(end, response, args));
    response.once("close", over);
    request.resume();
    request.once("end", () => answer(what, n, path, response));
  });

  function answer(what: string, n: string, path: string, response: ServerResponse) {
    const json = (value: unknown) =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (what === "together") {
      waiting.push(() => json({ path, data: { path } }));
      if (waiting.length === Number(n)) waiting.splice(0).forEach((go) => go());
    } else if (what === "item") {
      const next = Number(n) > 1 ? `/item/${Number(n) - 1}` : null;
      json({ id: Number(n), next, name: `number ${n}`, text: "x".repeat(1000) });
    } else if (what === "stream") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const piece of ["data: a\n\n", "data: b\n\n"]) response.write(piece);
      response.end("data: end\n\n");
    } else if (what === "status") {
      response.writeHead(Number(n), { "content-type": "text/plain" }).end("no");
    } else if (what === "redirect") {
      response.writeHead(302, { location: "/item/1" }).end();
    } else if (what === "half") {
      response.writeHead(200, { "content-length": "100" });
      response.write("only", () => response.destroy());
    } else if (what === "begun") {
      response.writeHead(200).write("begun"); // and never ends
    } else if (what === "empty") {
      response.writeHead(204).end();
    } else if (what !== "never") {
      response.writeHead(404).end();
    }
  }

  server.keepAliveTimeout = 60_000; // however long a machine stalls
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    visits,
    /** Resolves once it holds so many. */
    async holds(n: number) {
      while (held < n) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
