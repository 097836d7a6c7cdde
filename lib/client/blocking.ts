import { check } from "../ground/options.ts";
import { Arrivals } from "../trial/arrivals.ts";
import type { Connections, Method } from "../trial/plan.ts";
import { dispatchSample } from "../trial/samples.ts";
import type { BlockingGet, Document } from "../trial/strategy.ts";
import type { Client, ClientState, Opening } from "./client.ts";
import { decode } from "./decode.ts";
import type { FetchingThread } from "./fetching_thread.ts";
import { type Ending, finishSample } from "./finish_sample.ts";
import { LIBRARY_CLIENT } from "./library_clients.ts";
import { type Failure, RequestError } from "./request_error.ts";
import { borrowThread, returnThread } from "./threads.ts";

/** A client whose `get` returns the document: the calling thread stands still until it is there. */
export interface BlockingClient {
  readonly name: string;
  readonly connections: Connections;
  /** Has the thread ready that does the fetching, so that its start is not in the trial's clock. */
  prepare(): Promise<PreparedClient>;
}

/** A blocking client whose thread is ready. */
export interface PreparedClient {
  open(opening: Opening): OpenBlockingClient;
  /** Closes whatever is open, and lets the thread go. */
  close(): void;
}

/** A blocking client in use. */
export interface OpenBlockingClient extends ClientState {
  readonly get: BlockingGet;
}

/**
 * The client as a blocking one: a worker fetches, and the calling thread sits in `Atomics.wait`, as
 * a thread in `requests.get` does. Times are the calling thread's. The worker keeps the deadline.
 * An abort cannot reach a thread that waits: see the runner.
 *
 * ```ts
 * variant(strategies.sequential, blocking(keptAlive)); // "sequential/kept"
 * ```
 *
 * @throws {TypeError} where it is not one of the library's clients
 */
export function blocking(client: Client): BlockingClient {
  const { name, connections } = check("blocking", "client", client, LIBRARY_CLIENT);
  return {
    name,
    connections,
    async prepare() {
      const thread = await borrowThread();
      const kept = connections === "kept";
      return { open: (opening) => open(opening, thread, kept), close: () => returnThread(thread) };
    },
  };
}

function open(opening: Opening, thread: FetchingThread, kept: boolean): OpenBlockingClient {
  const { samples, onSample, again } = opening;
  const arrivals = new Arrivals();
  const state = { sockets: 0, inFlight: 0, peakInFlight: 0, lastFinish: NaN };
  thread.open(opening, kept);

  const get: BlockingGet = (path, { method = "GET" } = {}) => {
    again.begin();
    for (let attempt = 1;; attempt++) {
      try {
        return ask(path, method, attempt);
      } catch (error) {
        Atomics.wait(NOTHING, 0, 0, again.wait(error, attempt));
      }
    }
  };
  const ask = (path: string, method: Method, attempt: number): Document => {
    const k = arrivals.next(path);
    const start = now();
    const row = dispatchSample(samples, { path, k, planned: start, start, attempt });
    let ending: Ending = { status: 0, bytes: 0, timing: "" };
    let end = NaN;
    let failure: Failure | "" = "";
    state.peakInFlight = 1;
    try {
      const answer = thread.fetch(path, method);
      end = now();
      ending = answer;
      state.sockets = answer.sockets;
      if (answer.failure) {
        const { kind, problem } = answer.failure;
        throw new RequestError(kind, method, path, problem, answer.failure);
      }
      // Out of shared memory, which the next request will write to.
      return decode(method, path, new Uint8Array(answer.body, 0, answer.bytes).slice());
    } catch (error) {
      failure = error instanceof RequestError ? error.kind : "network";
      throw error;
    } finally {
      finishSample(samples, row, Number.isNaN(end) ? now() : end, ending, failure);
      state.lastFinish = now();
      onSample(samples, row);
    }
  };
  return Object.assign(state, { get });
}

/** What nobody wakes. */
const NOTHING = new Int32Array(new SharedArrayBuffer(4));
const now = () => performance.timeOrigin + performance.now();
