/**
 * A server that does next to nothing: whatever comes in on a connection is answered with the same few
 * bytes. It says `{"url"}` once it listens, and ends when its standard input does. What a load
 * reaches on it is the generator's ceiling: how many answers a second it could take from a server
 * that costs nothing.
 */
import { endWithParent, say } from "../ground/parent.ts";

const answer = new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

async function serve(connection: Deno.TcpConn): Promise<void> {
  const received = new Uint8Array(4096);
  try {
    connection.setNoDelay();
    while (await connection.read(received) !== null) await connection.write(answer);
  } catch {
    // The other end is gone.
  } finally {
    try {
      connection.close();
    } catch {
      // So is this one.
    }
  }
}

const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
say({ url: `http://127.0.0.1:${listener.addr.port}/` });
endWithParent();
// Ctrl-C may reach the whole group; what it ends is for the parent to say.
Deno.addSignalListener("SIGINT", () => {});
for await (const connection of listener) serve(connection);
