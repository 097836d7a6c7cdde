/** A blocking trial in the notebook's own kernel, which must be able to break it off. */
import { assertEquals } from "@std/assert";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Kernel } from "../../lib/press/kernel/kernel.ts";
import { FaultyServer } from "../client/faulty_server.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const here = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);

Deno.test("a kernel's interrupt breaks a blocking wait; the thread behind it ends, the next trial runs", async () => {
  using server = await FaultyServer.start();
  const kernel = await Kernel.start(root, new AbortController().signal);
  const texts: string[] = [];
  kernel.onPublished = ({ content }) => {
    if (typeof content.text === "string") texts.push(content.text.trim());
  };
  const cell = async (code: string) => {
    const { status } = await kernel.execute(code, false);
    await kernel.fence();
    return status;
  };
  try {
    assertEquals(
      await cell(`
        const { blocking } = await import(${here("../../lib/client/blocking.ts")});
        const { keptAlive } = await import(${here("../../lib/client/library_clients.ts")});
        const { variant } = await import(${here("../../lib/runners/variant.ts")});
        const asks = (paths, get) => paths.map((path) => get(path).name);
        const run = (paths) => variant(asks, blocking(keptAlive)).run({
          origin: "${server.url}", paths, method: "GET", deadline: 60_000,
          signal: new AbortController().signal, onSample() {},
        });
        console.log((await run(["/ok/a", "/ok/b"])).results.join());`),
      "ok",
    );
    assertEquals(texts, ["a,b"]);
    await server.deserted();

    const blocked = kernel.execute(`await run(["/ok/a", "/hang"])`, false);
    while ((await server.seen()).requests < 4) await new Promise((wake) => setTimeout(wake, 5));
    await kernel.interrupt();
    const { status, evalue } = await blocked;
    assertEquals([status, evalue], ["error", "interrupted while it blocked"]);
    await server.deserted(); // also by the request that hung

    assertEquals(await cell(`console.log((await run(["/ok/c"])).results.join());`), "ok");
    assertEquals(texts.at(-1), "c");
  } finally {
    await kernel.kill();
  }
});
