import { NEVER } from "../../client/again.ts";
import { keptAlive } from "../../client/library_clients.ts";
import { emptySamples } from "../../trial/samples.ts";

const ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

/**
 * Makes one request, to itself. The first one that a thread or process makes has the client's code
 * compiled; strategies beside it run code that has run before. So this belongs to its start-up.
 */
export async function rehearse(): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const answering = (async () => {
    using connection = await listener.accept();
    await connection.read(new Uint8Array(4_096));
    await connection.write(new TextEncoder().encode(ANSWER));
    // Until the client hangs up, so that the port is not left waiting here.
    while (await connection.read(new Uint8Array(64)).catch(() => null) !== null);
  })();
  const client = keptAlive.open({
    origin: `http://127.0.0.1:${listener.addr.port}`,
    connections: 1,
    deadline: 10_000,
    samples: emptySamples(),
    onSample: () => {},
    again: NEVER,
  });
  await client.get("/");
  await client.close(new Error("the rehearsal is over"));
  await answering;
}
