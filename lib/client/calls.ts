import type { Ending } from "./finish_sample.ts";
import type { Method } from "../trial/plan.ts";
import type { Document } from "../trial/strategy.ts";
import { decode } from "./decode.ts";
import { type Failure, networkProblem, RequestError } from "./request_error.ts";
import type { Ended, Transport, Wire } from "./client.ts";

/**
 * Asks for one URL, with whatever it likes to ask with: resolves to the answer as `fetch` has it (a
 * Response, whose body it leaves alone), or to the decoded document. It ends when `signal` aborts.
 */
export type Ask = (
  url: string,
  options: { readonly signal: AbortSignal; readonly method: Method },
) => Promise<unknown>;

/** How long a function may take to end once its signal has aborted, ms. */
const GRACE = 1_000;

/** Requests made by a function that is given the URL. Connections are the function's own affair. */
export class Calls implements Transport {
  readonly sockets = NaN;
  peakInFlight = 0;
  readonly #wire: Wire;
  readonly #ask: Ask;
  #onClose: () => void;
  /** What ends each of those in flight. */
  readonly #inFlight = new Set<(kind: Failure, problem: string, cause?: unknown) => void>();
  /** Those that have not settled, given up or not. */
  readonly #running = new Set<Promise<void>>();

  constructor(wire: Wire, ask: Ask, onClose: () => void) {
    this.#wire = wire;
    this.#ask = ask;
    this.#onClose = onClose;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  send(path: string, method: Method, onEnd: (ended: Ended) => void): void {
    const aborting = new AbortController();
    const { origin, deadline } = this.#wire;
    let answer: Ending = NOTHING;
    const end = (error: RequestError | null, document: () => Document) => {
      if (!this.#inFlight.delete(giveUp)) return;
      clearTimeout(timer);
      const { status, bytes, timing } = answer;
      onEnd({ path, method, status, bytes, timing, error, document });
    };
    const fail = (error: RequestError) => end(error, () => {});
    const giveUp = (kind: Failure, problem: string, cause?: unknown) => {
      fail(new RequestError(kind, method, path, problem, { cause }));
      aborting.abort(cause);
    };
    const late = () => giveUp("timeout", `no answer within ${deadline} ms`);
    const timer = setTimeout(late, Math.ceil(deadline));
    this.#inFlight.add(giveUp);
    this.peakInFlight = Math.max(this.peakInFlight, this.#inFlight.size);
    const run = async () => {
      try {
        const given = await this.#ask(origin + path, { signal: aborting.signal, method });
        if (!isResponse(given)) {
          answer = { ...NOTHING, status: NaN, bytes: NaN };
          return end(null, () => given);
        }
        const timing = given.headers?.get("server-timing") ?? "";
        answer = { status: given.status, bytes: 0, timing };
        // Read to the end whatever the status, so that the connection is free again.
        const body = new Uint8Array(await given.arrayBuffer());
        answer = { ...answer, bytes: body.length };
        if (given.status >= 200 && given.status < 300) {
          return end(null, () => decode(method, path, body));
        }
        const problem = `${given.status} ${given.statusText ?? ""}`.trimEnd();
        const retryAfter = given.headers?.get("retry-after") ?? "";
        fail(
          new RequestError("status", method, path, problem, { status: given.status, retryAfter }),
        );
      } catch (error) {
        // Libraries that throw for a bad status carry the answer in their error.
        const { response } = Object(error) as { response?: Partial<Response> };
        const status = typeof response?.status === "number" ? response.status : 0;
        if (status !== 0) answer = { ...NOTHING, status };
        const kind = status !== 0 ? "status" : "network";
        const problem = networkProblem(error);
        const retryAfter = response?.headers?.get?.("retry-after") ?? "";
        fail(new RequestError(kind, method, path, problem, { cause: error, status, retryAfter }));
      }
    };
    const running = run().finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async close(cause: unknown): Promise<void> {
    for (const giveUp of [...this.#inFlight]) giveUp("abort", "cancelled", cause);
    const { promise: enough, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, GRACE);
    await Promise.race([Promise.allSettled(this.#running), enough]);
    clearTimeout(timer);
    this.#onClose();
    this.#onClose = () => {}; // once is enough
  }
}

const NOTHING: Ending = { status: 0, bytes: 0, timing: "" };

/** Whether it is an answer as `fetch` has it, whoever made its class. */
function isResponse(given: unknown): given is Response {
  const { status, arrayBuffer } = Object(given) as Partial<Response>;
  return typeof status === "number" && typeof arrayBuffer === "function";
}
