/** The thread that fetches while another waits: see fetching_thread.ts. */
import { parentPort, workerData } from "node:worker_threads";
import type { Method } from "../trial/plan.ts";
import type { Fetched, Opened, Order } from "./fetching_thread.ts";
import type { RequestError } from "./request_error.ts";
import { Requests } from "./requests.ts";

const { port, bell } = workerData as Order;
const answered = new Int32Array(bell);
let body = new SharedArrayBuffer(64 * 1024);
let requests: Requests;

/** What of an error crosses to the other thread. */
const told = ({ kind, problem, status, retryAfter }: RequestError) => (
  { kind, problem, status, retryAfter }
);

function fetch(path: string, method: Method): void {
  requests.send(path, method, (exchange) => {
    const { status, timing, bytes, error } = exchange;
    if (bytes > body.byteLength) body = new SharedArrayBuffer(2 * bytes);
    new Uint8Array(body).set(exchange.body());
    const failure = error && told(error);
    const { sockets } = requests;
    port.postMessage({ status, timing, bytes, failure, body, sockets } satisfies Fetched);
    Atomics.add(answered, 0, 1);
    Atomics.notify(answered, 0);
  });
}

type Asked = Opened | "close" | { path: string; method: Method };
port.onmessage = ({ data }: MessageEvent<Asked>) => {
  if (data === "close") requests.close(undefined);
  else if ("path" in data) fetch(data.path, data.method);
  else requests = new Requests(data, data.kept);
};
parentPort!.postMessage("ready");
