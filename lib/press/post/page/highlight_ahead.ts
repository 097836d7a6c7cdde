/** Code in colours, by a thread of its own where there is one: a grammar takes half a second to get going. */
import type { Element } from "hast";
import { codeCells, languageOf, type Notebook } from "../../notebook/notebook.ts";
import { colour } from "./highlight.ts";

/** The thread, when it listens, and what it is asked: undefined where it failed. */
interface Thread {
  readonly worker: Worker;
  readonly ready: Promise<void>;
  readonly asked: Map<string, PromiseWithResolvers<Element | undefined>>;
}

let thread: Thread | undefined;

/** Starts the thread, for as long as this process lives; resolves when it has loaded, and waits. */
export function startThread(): Promise<void> {
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const asked: Thread["asked"] = new Map();
  const worker = new Worker(import.meta.resolve("./highlight_worker.ts"), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<[code: string, made: Element] | "ready">) =>
    data === "ready" ? resolve() : asked.get(data[0])?.resolve(data[1]);
  worker.onerror = (event) => {
    event.preventDefault();
    thread = undefined;
    resolve();
    for (const one of asked.values()) one.resolve(undefined);
  };
  thread = { worker, ready, asked };
  return ready;
}

/** Has the thread, where there is one, begin with the code of a notebook, as its page will want it. */
export function beginWith(notebook: Notebook): void {
  const language = languageOf(notebook).toLowerCase();
  for (const { source } of thread ? codeCells(notebook) : []) {
    asking(thread!, source.replace(/\r\n?/g, "\n").trimEnd(), language);
  }
}

/** Code as {@link colour} has it, by the thread where there is one. */
export async function highlight(source: string, language: string): Promise<Element> {
  const made = thread && await asking(thread, source, language);
  return made ?? await colour(source, language);
}

function asking({ worker, ready, asked }: Thread, source: string, language: string) {
  const code = JSON.stringify([source, language]);
  if (!asked.has(code)) {
    asked.set(code, Promise.withResolvers());
    ready.then(() => worker.postMessage(code)); // what came before it listens might be lost
  }
  return asked.get(code)!.promise;
}
