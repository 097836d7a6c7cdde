/** Tells when processes are gone, without asking the system for its process table. */

/**
 * A listener that processes connect to. A connection ends with its process, however that ends, so
 * waiting for the ends of all connections is waiting for the ends of all processes.
 */
export class Witness implements Disposable {
  #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  #connections: Deno.TcpConn[] = [];
  #waiting: ((connection: Deno.TcpConn) => void)[] = [];
  #ended: Promise<void>[] = [];

  constructor() {
    this.#accept();
  }

  /** Code for a cell, or for a process of its own, that connects and says its process id. */
  get code(): string {
    return `await (await Deno.connect({ port: ${this.#listener.addr.port} }))
      .write(new TextEncoder().encode(String(Deno.pid)));`;
  }

  /** Code for a cell that starts a process which connects and would run on. */
  get childCode(): string {
    const code = `${this.code} setInterval(() => {}, 1000);`;
    return `new Deno.Command(Deno.execPath(), {
      args: ["eval", ${JSON.stringify(code)}], stdin: "null", stdout: "null",
    }).spawn();`;
  }

  /** The id of the next process that connects. */
  async next(): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<Deno.TcpConn>();
    this.#waiting.push(resolve);
    const connection = await promise;
    const buffer = new Uint8Array(20);
    const count = await connection.read(buffer) ?? 0;
    this.#ended.push(endOf(connection));
    return Number(new TextDecoder().decode(buffer.subarray(0, count)));
  }

  /** Resolves when every process that `next` told of is gone. */
  async allGone(): Promise<void> {
    await Promise.all(this.#ended);
  }

  async #accept(): Promise<void> {
    try {
      for await (const connection of this.#listener) {
        this.#connections.push(connection);
        this.#waiting.shift()?.(connection);
      }
    } catch {
      // The listener was closed.
    }
  }

  [Symbol.dispose](): void {
    this.#listener.close();
    for (const connection of this.#connections) connection.close();
  }
}

async function endOf(connection: Deno.TcpConn): Promise<void> {
  try {
    while (await connection.read(new Uint8Array(64)) !== null);
  } catch {
    // Reset: gone as well.
  }
}
