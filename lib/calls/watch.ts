import { func, listOf, refuse, resolve, SIGNAL, whole } from "../ground/options.ts";
import { count, duration, integer } from "../ground/words.ts";
import { untilInterrupted } from "../show/kernel.ts";
import { show } from "../show/show.ts";
import type { Call } from "./call.ts";
import { Recorder } from "./recorder.ts";
import { Seen, type Sighting } from "./seen.ts";
import { watchFetch } from "./watch_fetch.ts";
import { watchNodeHttp } from "./watch_node_http.ts";
import { watchUndici } from "./watch_undici.ts";

/** What {@link watch} and {@link whatIf} can be told. */
export interface ScheduleOptions {
  /** Of which pools the ideals are worked out; 4 and 10 by default. */
  readonly pools?: readonly number[];
}

/** What {@link watch} can be told. */
export interface WatchOptions extends ScheduleOptions {
  /** Ends the watch; the code is not told. */
  readonly signal?: AbortSignal;
}

/** For the check of options. */
export const POOLS = listOf(whole(2, 10_000), 0).or([4, 10]);

/** What {@link watch} resolves to: what was seen, and what the code returned. */
export interface Watched<T> extends Seen {
  /** What the code returned, or what its promise resolved to. */
  readonly value: T;
}

/**
 * Runs code of yours, unchanged, and keeps note of the requests that it makes, whatever makes them:
 * the platform's `fetch`, undici and `node:http`, on which nearly all libraries stand. It makes none
 * itself.
 *
 * ```ts
 * await show(await watch(() => myCode()));
 * ```
 *
 * Only requests of this function count, and of what it calls; watches may be nested, or run side by
 * side. A request ends when its body has been read to the end, or when it fails or is given up; by
 * undici and `node:http` when its last byte is here. What has not ended when the code has is "open".
 * Not seen: other processes and workers, WebSockets, `node:http2`, the platform's own EventSource, and
 * a client that took hold of `fetch` before: make it within. To be watched costs a `fetch` some tenths of a ms.
 *
 * Where the code throws, what was seen is shown, and then the error is thrown on. The same goes for
 * an interrupt of the notebook, and for the signal; the code itself cannot be stopped from here.
 *
 * @throws {TypeError} for what is not a function: code that has begun can't be watched any more
 */
export async function watch<T>(
  code: () => T | PromiseLike<T>,
  options: WatchOptions = {},
): Promise<Watched<T>> {
  if (!CODE.typed(code)) {
    refuse("watch", "code", "a function, such as () => myCode()", code, TypeError);
  }
  const { pools, signal } = resolve("watch", options, {
    pools: POOLS,
    signal: SIGNAL.or(new AbortController().signal),
  });
  using stop = untilInterrupted(signal);
  stop.signal.throwIfAborted();
  const recorder = new Recorder();
  try {
    const value = await seeing(recorder, code, stop.signal);
    return Object.assign(new Seen(sighting(recorder, "the code took"), pools), { value });
  } catch (error) {
    const seen = new Seen(sighting(recorder, "until it threw, the code took"), pools);
    await show(seen).catch(() => {}); // the code's own error matters more
    throw error;
  }
}

const CODE = func();

/** Runs the code; everything put in place is taken away again, whatever happens. */
async function seeing<T>(
  recorder: Recorder,
  code: () => T | PromiseLike<T>,
  signal: AbortSignal,
): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop);
  if (watches++ === 0) inPlace = new DisposableStack();
  try {
    if (watches === 1) {
      for (const put of [watchUndici, watchNodeHttp, watchFetch]) inPlace.use(put());
    }
    return await Promise.race([recorder.run(async () => await code()), stopped]);
  } finally {
    if (--watches === 0) inPlace.dispose();
    signal.removeEventListener("abort", stop);
  }
}

/** Watches under way: they share what is put in place, or each would see a call once more. */
let watches = 0, inPlace: DisposableStack;

function sighting(recorder: Recorder, what: string): Sighting {
  const { calls, took } = recorder.finish();
  return {
    calls,
    until: took,
    notes: [`In all ${what} ${duration(took)}.`, ...connectionsOf(calls)],
    nothing:
      `No request was seen; ${what} ${duration(took)}. What can be seen is what this process ` +
      "asks for by `fetch`, undici and `node:http`: not another process or worker, nor a WebSocket, " +
      "nor a client that took hold of `fetch` before the watch (make it within).",
  };
}

/** By how many connections calls went, where that is known. */
function connectionsOf(calls: readonly Call[]): string[] {
  const known = calls.filter(({ connection }) => !Number.isNaN(connection));
  if (known.length === 0) return [];
  const connections = count(new Set(known.map(({ connection }) => connection)).size, "connection");
  const some = known.length === calls.length ? "The" : `${integer(known.length)} of the`;
  return [`${some} requests went by ${connections}.`];
}
