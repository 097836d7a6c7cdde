import { once } from "node:events";
import { receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Method } from "../trial/plan.ts";
import type { Ending } from "./finish_sample.ts";
import { RequestError } from "./request_error.ts";
import type { Wire } from "./client.ts";

/** Whom the worker is to ask next, and whether over connections that are kept. */
export interface Opened extends Wire {
  readonly kept: boolean;
}

/** What the worker is told at first. */
export interface Order {
  readonly port: MessagePort;
  /** A word of shared memory: how many requests have been answered. */
  readonly bell: SharedArrayBuffer;
}

/** What the worker says of one request; its body is in the first `bytes` of `body`. */
export interface Fetched extends Ending {
  readonly failure: Pick<RequestError, "kind" | "problem" | "status" | "retryAfter"> | null;
  /** Shared, and written anew by the next request: posting the bytes themselves is far slower. */
  readonly body: SharedArrayBuffer;
  /** Connections opened so far. */
  readonly sockets: number;
}

/** How long after a request's deadline the worker may still be silent, ms. */
const GRACE = 5_000;

/** A worker that makes requests for a thread that waits for each with `Atomics.wait`. */
export class FetchingThread {
  readonly #answered: Int32Array<SharedArrayBuffer>;
  #asked = 0;
  #deadline = 0;
  #silent = false;

  private constructor(
    private readonly worker: Worker,
    private readonly port: MessagePort,
    bell: SharedArrayBuffer,
    private readonly grace: number,
  ) {
    this.#answered = new Int32Array(bell);
  }

  /**
   * Resolves once the worker is ready to fetch; `grace` is how long it may be late, ms. Node's kind
   * of worker gets its order as it starts: in a kernel a first message would be held up for as long
   * again as the start is, half a second.
   */
  static async start(grace = GRACE): Promise<FetchingThread> {
    const { port1, port2 } = new MessageChannel();
    const bell = new SharedArrayBuffer(4);
    const worker = new Worker(new URL("./blocking_worker.ts", import.meta.url), {
      workerData: { port: port2, bell } satisfies Order,
      transferList: [port2 as never],
    });
    await once(worker, "message");
    return new FetchingThread(worker, port1, bell, grace);
  }

  /** Whether nothing that was asked is still to be answered. */
  get idle(): boolean {
    return !this.#silent && Atomics.load(this.#answered, 0) === this.#asked;
  }

  /** Begins with no connection; what was open before is to be closed first. */
  open({ origin, connections, deadline }: Wire, kept: boolean): void {
    this.#deadline = deadline;
    this.port.postMessage({ origin, connections, deadline, kept } satisfies Opened);
  }

  /** Closes the connections; the thread goes on. */
  close(): void {
    this.port.postMessage("close");
  }

  /**
   * Makes a request, and returns when its body has been read to the end or it has failed.
   * @throws {RequestError} where the worker falls silent, then and ever after: an answer that came
   * late would be taken for the next request's
   */
  fetch(path: string, method: Method): Fetched {
    if (!this.#silent) {
      this.port.postMessage({ path, method });
      const within = this.#deadline + this.grace;
      const woken = Atomics.wait(this.#answered, 0, this.#asked++, within);
      if (woken !== "timed-out") return receiveMessageOnPort(this.port as never)!.message;
      this.#silent = true;
    }
    throw new RequestError("timeout", method, path, "the thread that fetches fell silent");
  }

  end(): void {
    this.port.close();
    this.worker.terminate();
  }
}
