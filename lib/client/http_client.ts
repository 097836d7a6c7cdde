import { Pool } from "undici";
import { dispatchSample } from "../trial/samples.ts";
import type { Document, Get } from "../trial/strategy.ts";
import type { Method } from "../trial/plan.ts";
import type { OpenClient, Opening } from "./client.ts";
import { Exchange } from "./exchange.ts";
import { RequestError } from "./request_error.ts";

/** An undici pool that samples every request, bounds its time and can be stopped as a whole. */
export class HttpClient implements OpenClient {
  readonly #pool: Pool;
  readonly #opening: Opening;
  /** In the order started, which is the order in which deadlines fall due. */
  readonly #exchanges = new Set<Exchange>();
  readonly #arrivals = new Map<string, number>();
  readonly #reset: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped: { cause: unknown } | undefined;
  sockets = 0;
  peakInFlight = 0;

  /** @param reset whether each request closes its connection */
  constructor(opening: Opening, reset: boolean) {
    this.#opening = opening;
    this.#reset = reset;
    this.#pool = new Pool(opening.origin, {
      connections: Number.isFinite(opening.connections) ? opening.connections : null,
      pipelining: 1,
      // The lab's own deadline is exact; undici's are looked at once a second.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: 0 },
      // No connection may close for idling within a trial.
      keepAliveTimeout: 600_000,
    });
    this.#pool.on("connect", () => this.sockets++);
    opening.signal.addEventListener("abort", this.#onAbort);
  }

  get inFlight(): number {
    return this.#exchanges.size;
  }

  readonly get: Get = (path, { method = "GET" } = {}): Promise<Document> => {
    const { samples, signal, onSample } = this.#opening;
    if (signal.aborted) this.abort(signal.reason);
    const k = (this.#arrivals.get(path) ?? 0) + 1;
    this.#arrivals.set(path, k);
    const start = performance.timeOrigin + performance.now();
    const row = dispatchSample(samples, { path, k, planned: start, start, attempt: 1 });
    return new Promise((resolve, reject) => {
      const exchange: Exchange = new Exchange({ path, method, samples, row }, (outcome) => {
        this.#exchanges.delete(exchange);
        onSample(samples, row);
        if (outcome instanceof RequestError) reject(outcome);
        else resolve(outcome.document);
      });
      if (this.#stopped) return exchange.fail("abort", "cancelled", this.#stopped.cause);
      this.#exchanges.add(exchange);
      this.peakInFlight = Math.max(this.peakInFlight, this.#exchanges.size);
      this.#watch();
      const reset = this.#reset;
      // undici closes the connection after a HEAD unless told not to.
      this.#pool.dispatch({ path, method: method as Method, reset }, exchange);
    });
  };

  abort(cause: unknown): void {
    this.#stopped ??= { cause };
    for (const exchange of [...this.#exchanges]) exchange.fail("abort", "cancelled", cause);
  }

  async close(): Promise<void> {
    this.#opening.signal.removeEventListener("abort", this.#onAbort);
    clearTimeout(this.#timer);
    this.abort(new Error("the trial is over"));
    await this.#pool.destroy();
  }

  readonly #onAbort = () => this.abort(this.#opening.signal.reason);

  /** One timer serves all deadlines: they fall due in the order of starting. */
  #watch(): void {
    if (this.#timer !== undefined) return;
    const [first] = this.#exchanges;
    if (!first) return;
    const due = first.start + this.#opening.deadline;
    const wait = Math.max(0, due - performance.timeOrigin - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const now = performance.timeOrigin + performance.now();
      for (const exchange of [...this.#exchanges]) {
        if (exchange.start + this.#opening.deadline > now) break;
        exchange.fail("timeout", `no answer within ${this.#opening.deadline} ms`);
      }
      this.#watch();
    }, Math.min(Math.ceil(wait), 2 ** 31 - 1));
  }
}
