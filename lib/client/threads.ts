/**
 * The threads that fetch for blocking clients. In a kernel one takes half a second to start, so a
 * notebook keeps them as long as it lives, and an experiment from one trial to the next; elsewhere a
 * trial on its own ends the one it had.
 */
import { notebook } from "../show/kernel.ts";
import { FetchingThread } from "./fetching_thread.ts";

let keepers = notebook() === null ? 0 : 1;
const waiting: FetchingThread[] = [];

/** Until it is disposed of, threads that are returned are kept for whoever borrows next. */
export function keepThreads(): Disposable {
  keepers++;
  return {
    [Symbol.dispose]() {
      if (--keepers === 0) { for (const thread of waiting.splice(0)) thread.end(); }
    },
  };
}

/** Resolves to a thread with nothing open, ready to fetch. */
export async function borrowThread(): Promise<FetchingThread> {
  return waiting.pop() ?? await FetchingThread.start();
}

/** Closes what it has open. One that still owes an answer is ended, as it might give it later. */
export function returnThread(thread: FetchingThread): void {
  if (keepers === 0 || !thread.idle) return thread.end();
  thread.close();
  waiting.push(thread);
}
