import { dispatchSample } from "../trial/samples.ts";
import type { Document, Get } from "../trial/strategy.ts";
import { Arrivals } from "./arrivals.ts";
import type { OpenClient, Opening } from "./client.ts";
import { decode } from "./decode.ts";
import type { Exchange } from "./exchange.ts";
import { finishSample } from "./finish_sample.ts";
import type { RequestError } from "./request_error.ts";
import { Requests } from "./requests.ts";

const origin = performance.timeOrigin;

/** A client whose `get` is awaited: requests that are sampled and decoded on the event loop. */
export class AwaitingClient implements OpenClient {
  lastFinish = NaN;
  readonly #opening: Opening;
  readonly #requests: Requests;
  readonly #arrivals = new Arrivals();
  #closed = false;

  constructor(opening: Opening, kept: boolean) {
    this.#opening = opening;
    this.#requests = new Requests(opening, kept);
  }

  get sockets(): number {
    return this.#requests.sockets;
  }

  get inFlight(): number {
    return this.#requests.inFlight;
  }

  get peakInFlight(): number {
    return this.#requests.peakInFlight;
  }

  readonly get: Get = (path, { method = "GET", take = whole } = {}) => {
    return new Promise((resolve, reject) => {
      if (this.#closed) return; // see OpenClient.close
      const { samples } = this.#opening;
      const k = this.#arrivals.next(path);
      const start = origin + performance.now();
      const row = dispatchSample(samples, { path, k, planned: start, start, attempt: 1 });
      this.#requests.send(path, method, (exchange) => {
        const end = origin + performance.now();
        const [document, error] = outcome(exchange);
        finishSample(samples, row, end, exchange, error?.kind ?? "");
        this.lastFinish = origin + performance.now();
        this.#opening.onSample(samples, row);
        if (this.#closed) return;
        if (error) return reject(error);
        try {
          resolve(take(document, path));
        } catch (error) {
          reject(error);
        }
      });
    });
  };

  async close(cause: unknown): Promise<void> {
    this.#closed = true;
    await this.#requests.close(cause);
  }
}

const whole = (document: Document) => document;

/** The document that came, or what went wrong. */
function outcome(exchange: Exchange): [Document, null] | [null, RequestError] {
  if (exchange.error) return [null, exchange.error];
  try {
    return [decode(exchange.method, exchange.path, exchange.body()), null];
  } catch (error) {
    return [null, error as RequestError];
  }
}
