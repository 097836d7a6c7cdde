/** The thread that fetches while another waits: see blocking.ts. */
import type { Method } from "../trial/plan.ts";
import { emptySamples, type Sample } from "../trial/samples.ts";
import type { Answer, Order } from "./blocking.ts";
import type { OpenClient } from "./client.ts";
import { fresh } from "./fresh.ts";
import { keptAlive } from "./kept_alive.ts";
import { RequestError } from "./request_error.ts";

declare const self: {
  onmessage: (event: MessageEvent<Order>) => void;
  postMessage(message: unknown): void;
};

type Message = { origin: string; connections: number; deadline: number } | {
  path: string;
  method: Method;
};

self.onmessage = ({ data: { client: name, port, bell } }) => {
  const client = name === fresh.name ? fresh : keptAlive;
  const answered = new Int32Array(bell);
  const samples = emptySamples();
  let open: OpenClient;

  port.onmessage = async ({ data }: MessageEvent<Message>) => {
    if ("origin" in data) {
      const signal = new AbortController().signal;
      open = client.open({ ...data, samples, signal, onSample: () => {} });
      return;
    }
    const { path, method } = data;
    const row = samples.path.length;
    let document: Answer["document"] = null;
    let failure: Answer["failure"] = null;
    try {
      document = await open.get(path, { method });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const problem = error.message.slice(`${method} ${path}: `.length);
      failure = { kind: error.kind, problem };
    }
    const entries = Object.entries(samples).map(([column, values]) => [column, values[row]]);
    const sample = Object.fromEntries(entries) as Sample;
    port.postMessage({ sample, document, failure, sockets: open.sockets } satisfies Answer);
    Atomics.add(answered, 0, 1);
    Atomics.notify(answered, 0);
  };
  self.postMessage("ready");
};
