import { assertEquals } from "@std/assert";
import { planetServers } from "../../lib/peers/planet_server.ts";
import { needs } from "../needs.ts";

const test = needs("python");

const kinds = ["aiohttp gunicorn 1", "flask gunicorn 1"] as const;

/** Whether a second request finds its connection open: what the answer says of it. */
async function connectionOf(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = await Deno.connect({ hostname, port: Number(port) });
  await socket.write(
    new TextEncoder().encode(
      "GET /planets/mars HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n",
    ),
  );
  let text = "";
  const buffer = new Uint8Array(4096);
  while (!text.includes("\r\n\r\n")) {
    const length = await socket.read(buffer);
    if (length === null) break;
    text += new TextDecoder().decode(buffer.subarray(0, length));
  }
  socket.close();
  return /^connection: close/im.test(text) ? "closed after each answer" : "kept";
}

test("in either table a planet server does with connections what its settings say", async () => {
  for (const table of ["as shipped", "equalised"] as const) {
    const { servers, missing } = await planetServers(table, kinds);
    assertEquals(missing, []);
    for (const server of servers) {
      assertEquals(await connectionOf(server.url), server.settings.connections, server.name);
      await server.close();
    }
    const kept = servers.map(({ keepAlive }) => keepAlive);
    assertEquals(kept, [table === "as shipped", false]);
  }
});
