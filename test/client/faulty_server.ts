/** What the server has seen since it started. */
export interface Seen {
  readonly connections: number;
  readonly requests: number;
  /** Connections open now. */
  readonly open: number;
}

/** A server that answers wrongly on request: what it does is the path's first word. */
export class FaultyServer implements Disposable {
  readonly url: string;
  readonly #thread: Worker;

  private constructor(thread: Worker, port: number) {
    this.#thread = thread;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<FaultyServer> {
    const url = new URL("./faulty_server_thread.ts", import.meta.url);
    const thread = new Worker(url, { type: "module" });
    return new FaultyServer(thread, await reply<number>(thread));
  }

  seen(): Promise<Seen> {
    const seen = reply<Seen>(this.#thread);
    this.#thread.postMessage("seen");
    return seen;
  }

  /** Resolves when no connection is open any more. */
  async deserted(): Promise<void> {
    while ((await this.seen()).open > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  [Symbol.dispose](): void {
    this.#thread.terminate();
  }
}

function reply<T>(thread: Worker): Promise<T> {
  return new Promise((resolve) => {
    thread.onmessage = (event) => resolve(event.data);
  });
}

/** A URL that nothing listens at. */
export function nowhere(): string {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return `http://127.0.0.1:${port}`;
}
