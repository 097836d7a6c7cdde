import type { Dispatcher } from "undici";
import type { Method } from "../trial/plan.ts";
import type { Document } from "../trial/strategy.ts";
import { decode } from "./decode.ts";
import { type Failure, networkProblem, RequestError } from "./request_error.ts";
import type { Ended } from "./client.ts";

/** Where an exchange stands: its body is read to the end, or it failed. */
type End = (exchange: Exchange) => void;

/** Where bodies that came in pieces are put together: new memory for each costs more than the copy. */
let assembled = new Uint8Array(65_536);

/**
 * One request and its answer, as undici tells of them. The body is read to the end whatever the
 * status, so that the connection is free again. It ends once, with `error` or without.
 */
export class Exchange implements Dispatcher.DispatchHandler, Ended {
  readonly path: string;
  readonly method: Method;
  /** When it was asked for, ms on this thread's clock. */
  readonly start = performance.now();
  status = 0;
  /** The Server-Timing header; "" where there is none. */
  timing = "";
  /** Bytes of the body as received. */
  bytes = 0;
  error: RequestError | null = null;
  ended = false;
  /** The undici client it was given; whoever gave it takes it back. */
  connection: Dispatcher | null = null;
  #statusText = "";
  #retryAfter = "";
  #chunks: Uint8Array[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #onEnd: End;

  constructor(path: string, method: Method, onEnd: End) {
    this.path = path;
    this.method = method;
    this.#onEnd = onEnd;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It may have been given up while it waited for its connection.
    if (this.ended) controller.abort(this.error!);
    else this.#controller = controller;
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
    statusText = "",
  ): void {
    this.status = status;
    this.#statusText = statusText;
    const { "server-timing": timing, "retry-after": retryAfter } = headers;
    if (timing !== undefined) this.timing = String(timing);
    if (retryAfter !== undefined) this.#retryAfter = String(retryAfter);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.bytes += chunk.length;
  }

  onResponseEnd(): void {
    if (this.ended) return;
    if (this.status < 200 || this.status > 299) {
      const problem = `${this.status} ${this.#statusText}`.trimEnd();
      const { status } = this;
      const answer = { status, retryAfter: this.#retryAfter };
      this.error = new RequestError("status", this.method, this.path, problem, answer);
    }
    this.#end();
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    if (this.ended) return;
    const problem = networkProblem(error);
    this.error = new RequestError("network", this.method, this.path, problem, { cause: error });
    this.#end();
  }

  /** Ends it here and now, and the connection with it if the request is under way. */
  giveUp(kind: Failure, problem: string, cause?: unknown): void {
    if (this.ended) return;
    this.error = new RequestError(kind, this.method, this.path, problem, { cause });
    this.#end();
    this.#controller?.abort(this.error);
  }

  /**
   * The body as received, in one piece, to be read at once: the next one may take its place. The
   * pieces are let go of, for undici keeps the last exchange of each connection.
   */
  body(): Uint8Array {
    const chunks = this.#chunks;
    this.#chunks = [];
    if (chunks.length === 1) return chunks[0];
    if (assembled.length < this.bytes) assembled = new Uint8Array(2 * this.bytes);
    const whole = assembled.subarray(0, this.bytes);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  document(): Document {
    return decode(this.method, this.path, this.body());
  }

  #end(): void {
    this.ended = true;
    const onEnd = this.#onEnd;
    // undici keeps the last exchange of each connection, which would keep the document.
    this.#onEnd = () => {};
    onEnd(this);
  }
}
