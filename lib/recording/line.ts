import { Client, type Dispatcher } from "undici";
import { type Opened, timedConnector } from "./connector.ts";

/** A request with everything filled in, as it leaves. */
export interface Leaving {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** From sending the request to the first byte of the answer, and from there to the last, ms. */
  readonly firstByte: number;
  readonly body: number;
  /** Of the body, as it came. */
  readonly bytes: number;
  /** The body as it came; empty where it was not kept or is larger than {@link MOST}. */
  readonly content: Uint8Array;
  /** Why no answer came; "" where one did. */
  readonly error: string;
}

/** A document that is kept has at most so many bytes. */
const MOST = 2 ** 24;

/** One connection to a host, opened by the first request and kept; one request at a time. */
export class Line {
  readonly #client: Client;
  readonly #deadline: number;
  /** Whether somebody still waits for a connection that is being set up. */
  #patience = new AbortController();

  /**
   * @param deadline for each request, from asking to the last byte, ms
   * @param onOpen is told of each connection: there is another one where the host hangs up in between
   */
  constructor(
    origin: string,
    certificates: string,
    deadline: number,
    onOpen: (opened: Opened) => void,
  ) {
    this.#deadline = deadline;
    this.#client = new Client(origin, {
      connect: timedConnector(certificates, () => this.#patience.signal, onOpen),
      allowH2: true,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 600_000,
    });
  }

  /** Asks and reads the answer to its end; rejects where none comes whole. */
  async ask(leaving: Leaving, keep: boolean, signal: AbortSignal): Promise<Reply> {
    const answering = new Answering(keep);
    const late = AbortSignal.timeout(this.#deadline);
    const stop = AbortSignal.any([signal, late]);
    const abort = () => {
      const reason = late.aborted
        ? new Error(`no answer within ${this.#deadline} ms`)
        : signal.reason;
      answering.abort(reason);
      this.#patience.abort(reason);
      this.#patience = new AbortController();
    };
    stop.addEventListener("abort", abort);
    try {
      this.#client.dispatch(
        { ...leaving, method: leaving.method as Dispatcher.HttpMethod },
        answering,
      );
      return await answering.whole;
    } finally {
      stop.removeEventListener("abort", abort);
    }
  }

  async hangUp(): Promise<void> {
    await this.#client.destroy();
  }
}

/** An answer as it comes. */
class Answering implements Dispatcher.DispatchHandler {
  readonly #whole = Promise.withResolvers<Reply>();
  readonly whole = this.#whole.promise;
  readonly #keep: boolean;
  #controller: Dispatcher.DispatchController | undefined;
  #givenUp: Error | undefined;
  /** Sent, first byte. */
  #times = [0, 0];
  #status = 0;
  #headers: Record<string, string> = {};
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(keep: boolean) {
    this.#keep = keep;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // The connection is set up: its handshake does not count here.
    this.#times = [performance.now(), NaN];
    this.#controller = controller;
    // Nobody waits for it any more: it was not sent yet.
    if (this.#givenUp) controller.abort(this.#givenUp);
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#times[1] = performance.now();
    this.#status = status;
    this.#headers = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value ?? "")]),
    );
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.#keep && this.#bytes <= MOST) this.#chunks.push(chunk.slice());
  }

  onResponseEnd(): void {
    const [sent, first] = this.#times;
    const whole = this.#bytes <= MOST ? this.#chunks : [];
    const content = new Uint8Array(whole.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of whole) content.set(chunk, (at += chunk.length) - chunk.length);
    this.#whole.resolve({
      status: this.#status,
      headers: this.#headers,
      firstByte: first - sent,
      body: performance.now() - first,
      bytes: this.#bytes,
      content,
      error: "",
    });
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.#whole.reject(error);
  }

  abort(reason: Error): void {
    this.#givenUp = reason;
    this.#whole.reject(reason);
    this.#controller?.abort(reason);
  }
}
