import { receiveMessageOnPort } from "node:worker_threads";
import type { Connections, Method } from "../trial/plan.ts";
import { emptySamples, type Sample } from "../trial/samples.ts";
import type { BlockingGet, Document } from "../trial/strategy.ts";
import type { Client, Opening } from "./client.ts";
import { type Failure, RequestError } from "./request_error.ts";

/** What the worker is told at first. */
export interface Order {
  readonly client: string;
  readonly port: MessagePort;
  /** A word of shared memory: the number of the last request answered; −1 before it is ready. */
  readonly bell: SharedArrayBuffer;
}

/** What the worker says of one request. */
export interface Answer {
  readonly sample: Sample;
  readonly document: Document | null;
  readonly failure: { readonly kind: Failure; readonly problem: string } | null;
  /** Connections opened so far. */
  readonly sockets: number;
}

/** A client whose `get` returns the document: the calling thread stands still until it is there. */
export interface BlockingClient {
  readonly name: string;
  readonly connections: Connections;
  /** Starts the thread that does the fetching, so that its start is not in the trial's clock. */
  prepare(): Promise<{ open(opening: Opening): OpenBlockingClient }>;
}

/** A blocking client in use. */
export interface OpenBlockingClient {
  readonly get: BlockingGet;
  readonly sockets: number;
  readonly inFlight: number;
  readonly peakInFlight: number;
  close(): Promise<void>;
}

/** How long after a request's deadline the worker may still be silent, ms. */
const GRACE = 5_000;

/**
 * The client as a blocking one: a worker fetches with it, and the calling thread sits in
 * `Atomics.wait`, as a thread in `requests.get` does. The deadline is kept by the worker. An abort
 * cannot reach a thread that waits: it takes effect before the next request.
 */
export function blocking(client: Client): BlockingClient {
  if (typeof client?.open !== "function") {
    throw new TypeError("blocking: the client must be one of fresh and keptAlive");
  }
  const { name, connections } = client;
  return { name, connections, prepare: () => prepare(name) };
}

async function prepare(name: string) {
  const worker = new Worker(new URL("./blocking_worker.ts", import.meta.url), { type: "module" });
  const { port1: port, port2 } = new MessageChannel();
  const bell = new SharedArrayBuffer(4);
  const order: Order = { client: name, port: port2, bell };
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`the thread that fetches did not start: ${event.message}`));
    };
  });
  worker.postMessage(order, [port2]);
  const close = () => {
    port.close();
    worker.terminate();
  };
  await ready.catch((error) => {
    close();
    throw error;
  });
  return { open: (opening: Opening) => open(opening, port, new Int32Array(bell), close) };
}

function open(
  opening: Opening,
  port: MessagePort,
  bell: Int32Array<SharedArrayBuffer>,
  end: () => void,
): OpenBlockingClient {
  const { origin, connections, deadline, samples, signal, onSample } = opening;
  port.postMessage({ origin, connections, deadline });
  let [asked, sockets] = [0, 0];
  const get: BlockingGet = (path: string, { method = "GET" }: { method?: Method } = {}) => {
    if (signal.aborted) {
      throw new RequestError("abort", method, path, "cancelled", { cause: signal.reason });
    }
    port.postMessage({ path, method });
    asked++;
    if (Atomics.wait(bell, 0, asked - 1, deadline + GRACE) === "timed-out") {
      throw new RequestError("timeout", method, path, "the thread that fetches fell silent");
    }
    const answer: Answer = receiveMessageOnPort(port as never)!.message;
    sockets = answer.sockets;
    for (const column of COLUMNS) (samples[column] as unknown[]).push(answer.sample[column]);
    onSample(samples, samples.path.length - 1);
    if (!answer.failure) return answer.document;
    throw new RequestError(answer.failure.kind, method, path, answer.failure.problem);
  };
  return {
    get,
    get sockets() {
      return sockets;
    },
    inFlight: 0,
    get peakInFlight() {
      return Math.min(asked, 1);
    },
    close: () => Promise.resolve(end()),
  };
}

const COLUMNS = Object.keys(emptySamples()) as (keyof Sample)[];
