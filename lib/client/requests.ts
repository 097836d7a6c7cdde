import type { Method } from "../trial/plan.ts";
import { Connections } from "./connections.ts";
import { Exchange } from "./exchange.ts";
import type { Transport, Wire } from "./client.ts";

/** Requests made with undici, over connections that are kept or not. */
export class Requests implements Transport {
  peakInFlight = 0;
  readonly #connections: Connections;
  readonly #deadline: number;
  /** In the order asked for, which is that in which their deadlines fall due. */
  readonly #inFlight = new Set<Exchange>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ origin, connections, deadline }: Wire, kept: boolean) {
    this.#connections = new Connections(origin, connections, kept);
    this.#deadline = deadline;
  }

  get sockets(): number {
    return this.#connections.sockets;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  send(path: string, method: Method, onEnd: (exchange: Exchange) => void): void {
    const exchange = new Exchange(path, method, (ended) => {
      this.#inFlight.delete(ended);
      this.#connections.release(ended);
      onEnd(ended);
    });
    this.#inFlight.add(exchange);
    if (this.#inFlight.size > this.peakInFlight) this.peakInFlight = this.#inFlight.size;
    if (this.#timer === undefined) this.#wait(this.#deadline);
    this.#connections.send(exchange);
  }

  async close(cause: unknown): Promise<void> {
    clearTimeout(this.#timer);
    for (const exchange of [...this.#inFlight]) exchange.giveUp("abort", "cancelled", cause);
    await this.#connections.close();
  }

  /** One timer serves all deadlines. */
  #wait(ms: number): void {
    this.#timer = setTimeout(() => this.#expire(), Math.ceil(ms));
  }

  #expire(): void {
    this.#timer = undefined;
    for (const exchange of this.#inFlight) {
      const left = exchange.start + this.#deadline - performance.now();
      if (left > 0) return this.#wait(left);
      exchange.giveUp("timeout", `no answer within ${this.#deadline} ms`);
    }
  }
}
