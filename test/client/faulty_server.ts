/** What the server has seen since it started. */
export interface Seen {
  readonly connections: number;
  readonly requests: number;
  /** Connections open now. */
  readonly open: number;
}

/** Has all servers of a file with tests: a thread takes longer to start than most tests do. */
const thread = new Worker(new URL("./faulty_server_thread.ts", import.meta.url), {
  type: "module",
});

/** A server that answers wrongly on request: what it does is the path's first word. */
export class FaultyServer implements Disposable {
  readonly url: string;
  readonly #line: MessagePort;

  private constructor(line: MessagePort, port: number) {
    this.#line = line;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts one that has seen nothing yet, on a port of its own. */
  static async start(): Promise<FaultyServer> {
    const { port1: line, port2: others } = new MessageChannel();
    const port = reply<number>(line);
    thread.postMessage(others, [others]);
    return new FaultyServer(line, await port);
  }

  seen(): Promise<Seen> {
    const seen = reply<Seen>(this.#line);
    this.#line.postMessage("seen");
    return seen;
  }

  /** Resolves when no connection is open any more. */
  async deserted(): Promise<void> {
    while ((await this.seen()).open > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  [Symbol.dispose](): void {
    this.#line.postMessage("close");
    this.#line.close();
  }
}

function reply<T>(line: MessagePort): Promise<T> {
  return new Promise((resolve) => {
    line.onmessage = (event) => resolve(event.data);
  });
}

/** A URL that nothing listens at. */
export function nowhere(): string {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return `http://127.0.0.1:${port}`;
}
