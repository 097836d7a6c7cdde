/** Tells when processes are gone, without asking the system for its process table. */

/**
 * A listener that processes connect to. A connection ends with its process, however that ends, so
 * waiting for the ends of all connections is waiting for the ends of all processes.
 */
export class Witness implements Disposable {
  #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  #accepted: Deno.TcpConn[] = [];
  #ended: Promise<void>[] = [];

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
    const connection = await this.#listener.accept();
    this.#accepted.push(connection);
    const buffer = new Uint8Array(20);
    const count = await connection.read(buffer) ?? 0;
    this.#ended.push(endOf(connection));
    return Number(new TextDecoder().decode(buffer.subarray(0, count)));
  }

  /** Resolves when every process that `next` told of is gone. */
  async allGone(): Promise<void> {
    await Promise.all(this.#ended);
  }

  [Symbol.dispose](): void {
    this.#listener.close();
    for (const connection of this.#accepted) connection.close();
  }
}

async function endOf(connection: Deno.TcpConn): Promise<void> {
  try {
    while (await connection.read(new Uint8Array(64)) !== null);
  } catch {
    // Reset: gone as well.
  }
}
