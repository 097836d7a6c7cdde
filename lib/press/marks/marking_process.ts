/**
 * The process in which one student's exercises run, with few permissions: this thread starts one for
 * each exercise, ends it when its time is up, and says one line of JSON about it.
 */
import { hearFirst, say } from "../../ground/json_lines.ts";
import type { Outcome } from "./mark.ts";

/** What this process is told. */
export interface Order {
  /** The URLs of the exercises' modules. */
  readonly urls: readonly string[];
  readonly preload: readonly string[];
  /** How long one may take, ms, once what it imports is loaded; and how long that may take. */
  readonly limit: number;
  readonly loading: number;
  /** Begins each line, since what an exercise prints may be a line too. */
  readonly secret: string;
}

async function outcomeOf(url: string, order: Order): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const worker = new Worker(new URL("./marking_thread.ts", import.meta.url), { type: "module" });
  let timer = setTimeout(() => resolve({ kind: "not loaded" }), order.loading);
  worker.onerror = (event) => {
    event.preventDefault();
    resolve({ kind: "thrown", words: event.message.slice(0, 300) });
  };
  worker.onmessage = ({ data }) => {
    if (data.ready) {
      clearTimeout(timer);
      timer = setTimeout(() => resolve({ kind: "out of time" }), order.limit);
    } else if (data.results) resolve({ kind: "marked", results: data.results });
    else if (data.ended) resolve({ kind: "ended" });
    else resolve({ kind: "thrown", words: String(data.thrown) });
  };
  worker.postMessage({ url, preload: order.preload });
  const outcome = await promise;
  clearTimeout(timer);
  worker.terminate();
  return outcome;
}

const order = await hearFirst<Order>();
for (const [i, url] of order.urls.entries()) {
  say([order.secret, i, await outcomeOf(url, order)]);
}
Deno.exit(0);
