import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A server that holds requests for /held/… until it is told to let them go; /missing is 404, /slow/…
 * is never answered; everything else is answered at once.
 */
export class HeldServer implements AsyncDisposable {
  readonly url: string;
  /** Paths in the order in which they arrived, each with the connection it came on, from 1. */
  readonly arrivals: { path: string; method: string; connection: number }[] = [];
  readonly #held: ServerResponse[] = [];
  readonly #server = createServer();
  readonly #numbers = new Map<unknown, number>();
  #open = 0;
  #changed = Promise.withResolvers<void>();

  private constructor() {
    this.#server.on("connection", (socket) => {
      this.#numbers.set(socket, this.#numbers.size + 1);
      this.#open++;
      socket.on("close", () => this.#change(() => this.#open--));
    });
    this.#server.on("request", ({ url = "", method = "", socket }, response) => {
      if (url.startsWith("/held/")) this.#held.push(response);
      else if (!url.startsWith("/slow/")) answer(response, url === "/missing" ? 404 : 200);
      const connection = this.#numbers.get(socket)!;
      this.#change(() => this.arrivals.push({ path: url, method, connection }));
    });
    this.#server.listen(0, "127.0.0.1");
    this.url = "";
  }

  static async start(): Promise<HeldServer> {
    const server = new HeldServer();
    await new Promise((resolve) => server.#server.on("listening", resolve));
    const { port } = server.#server.address() as AddressInfo;
    return Object.assign(server, { url: `http://127.0.0.1:${port}` });
  }

  /** Resolves when so many requests have come. */
  async arrived(requests: number): Promise<void> {
    while (this.arrivals.length < requests) await this.#changed.promise;
  }

  /** Resolves when no connection is open. */
  async deserted(): Promise<void> {
    while (this.#open > 0) await this.#changed.promise;
  }

  /** Answers what is held. */
  release(): void {
    for (const response of this.#held.splice(0)) answer(response, 200);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #change(change: () => void): void {
    change();
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "application/json" }).end(`{"name":"somebody"}`);
}
