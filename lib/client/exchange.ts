import type { Dispatcher } from "undici";
import type { Method } from "../trial/plan.ts";
import type { SampleColumns } from "../trial/samples.ts";
import type { Document } from "../trial/strategy.ts";
import { type Failure, RequestError } from "./request_error.ts";
import { readServerTiming } from "./server_timing.ts";

interface Request {
  readonly path: string;
  readonly method: Method;
  readonly samples: SampleColumns;
  readonly row: number;
}

/**
 * One request on its way, as undici tells of it: its body is read to the end, whatever the status,
 * so that the connection is free again; then it is decoded. It ends once, with a document or a
 * RequestError, and its row is complete by then.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly start: number;
  readonly #request: Request;
  readonly #end: (outcome: { document: Document } | RequestError) => void;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;
  #controller: Dispatcher.DispatchController | undefined;
  #ended = false;

  constructor(request: Request, end: (outcome: { document: Document } | RequestError) => void) {
    this.#request = request;
    this.#end = end;
    this.start = request.samples.start[request.row];
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It may have been given up while it waited for a connection.
    if (this.#ended) controller.abort(new Error("given up"));
    this.#controller = controller;
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (this.#ended) return;
    const { samples, row } = this.#request;
    samples.status[row] = status;
    const timing = headers["server-timing"];
    if (typeof timing === "string") readServerTiming(timing, samples, row);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  onResponseEnd(): void {
    if (this.#ended) return;
    const { method, samples, row } = this.#request;
    const status = samples.status[row];
    // Decoding is the client's work, not the answer's.
    samples.end[row] = performance.timeOrigin + performance.now();
    if (status < 200 || status >= 300) return this.fail("status", `status ${status}`);
    if (method === "HEAD") return this.#finish("", { document: {} });
    let document: Document;
    try {
      document = JSON.parse(this.#text());
    } catch (error) {
      return this.fail("decode", `the body is not JSON (${this.#bytes} bytes)`, error);
    }
    this.#finish("", { document });
  }

  onResponseError(_: Dispatcher.DispatchController | undefined, error: Error): void {
    const code = (error as Error & { code?: string }).code;
    this.fail("network", code ? `${error.message} (${code})` : error.message, error);
  }

  /** Ends it with an error of this kind, and its connection if it is under way. */
  fail(kind: Failure, problem: string, cause?: unknown): void {
    if (this.#ended) return;
    const { method, path } = this.#request;
    const error = new RequestError(kind, method, path, problem, { cause });
    this.#finish(kind, error);
    if (kind === "timeout" || kind === "abort") this.#controller?.abort(error);
  }

  #finish(failure: "" | Failure, outcome: { document: Document } | RequestError): void {
    const { samples, row } = this.#request;
    this.#ended = true;
    if (Number.isNaN(samples.end[row])) {
      samples.end[row] = performance.timeOrigin + performance.now();
    }
    samples.bytes[row] = this.#bytes;
    samples.error[row] = failure;
    this.#end(outcome);
  }

  #text(): string {
    const whole = this.#chunks.length === 1 ? this.#chunks[0] : this.#joined();
    return decoder.decode(whole);
  }

  #joined(): Uint8Array {
    const whole = new Uint8Array(this.#bytes);
    let at = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }
}

const decoder = new TextDecoder();
