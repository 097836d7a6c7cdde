import { at, type Deadline } from "../ground/deadline.ts";
import { Arrivals } from "../trial/arrivals.ts";
import { dispatchSample } from "../trial/samples.ts";
import type { Document, Get } from "../trial/strategy.ts";
import type { Ended, OpenClient, Opening, Transport } from "./client.ts";
import { finishSample } from "./finish_sample.ts";
import type { RequestError } from "./request_error.ts";

const origin = performance.timeOrigin;

/** A client whose `get` is awaited: requests that are sampled and decoded on the event loop. */
export class AwaitingClient implements OpenClient {
  lastFinish = NaN;
  readonly #opening: Opening;
  readonly #transport: Transport;
  readonly #arrivals = new Arrivals();
  /** Requests that wait for their next attempt. */
  readonly #waiting = new Set<Deadline>();
  #closed = false;

  constructor(opening: Opening, transport: Transport) {
    this.#opening = opening;
    this.#transport = transport;
  }

  get sockets(): number {
    return this.#transport.sockets;
  }

  get inFlight(): number {
    return this.#transport.inFlight + this.#waiting.size;
  }

  get peakInFlight(): number {
    return this.#transport.peakInFlight;
  }

  readonly get: Get = (path, { method = "GET", take = whole, retried = () => {} } = {}) => {
    return new Promise((resolve, reject) => {
      const { samples, again, onSample } = this.#opening;
      const ask = (attempt: number) => {
        if (this.#closed) return; // see OpenClient.close
        const k = this.#arrivals.next(path);
        const start = origin + performance.now();
        const row = dispatchSample(samples, { path, k, planned: start, start, attempt });
        this.#transport.send(path, method, (ended) => {
          const end = origin + performance.now();
          const [document, error] = outcome(ended);
          finishSample(samples, row, end, ended, error?.kind ?? "");
          this.lastFinish = origin + performance.now();
          onSample(samples, row);
          if (this.#closed) return;
          try {
            if (error === null) return resolve(take(document, path));
            const wait = again.wait(error, attempt);
            retried(error);
            const waiting = at(performance.now() + wait, () => {
              this.#waiting.delete(waiting);
              ask(attempt + 1);
            });
            this.#waiting.add(waiting);
          } catch (error) {
            reject(error);
          }
        });
      };
      again.begin();
      ask(1);
    });
  };

  async close(cause: unknown): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#waiting) waiting.cancel();
    this.#waiting.clear();
    await this.#transport.close(cause);
  }
}

const whole = (document: Document) => document;

/** The document that came, or what went wrong. */
function outcome(ended: Ended): [Document, null] | [null, RequestError] {
  if (ended.error) return [null, ended.error];
  try {
    return [ended.document(), null];
  } catch (error) {
    return [null, error as RequestError];
  }
}
