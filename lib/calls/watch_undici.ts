import type { AsyncResource } from "node:async_hooks";
import { channel } from "node:diagnostics_channel";
import { callName } from "./call.ts";
import { type Entry, gaveUp, now, Recorder } from "./recorder.ts";

/** What undici says of a request, in whichever copy of it: channels belong to the whole process. */
interface Said {
  readonly request: { readonly method: string; readonly origin: unknown; readonly path: string };
  readonly response: { readonly statusCode: number };
  readonly chunk: { readonly length: number };
  readonly socket: object;
  readonly error: unknown;
}

/** Errors that come from a socket, and not while somebody's code runs that gives a request up. */
const FROM_SOCKET = /^(E[A-Z]+|UND_ERR_SOCKET|UND_ERR_\w+_TIMEOUT)$/;

/**
 * Listens to undici's channels ("Diagnostics Channel Support" in its documentation). A request that
 * `fetch` makes is part of that call, which then has a connection; every redirect and retry of
 * undici's own is a request of its own.
 */
export function watchUndici(): Disposable {
  const entries = new WeakMap<object, { readonly entry: Entry; readonly inFetch: boolean }>();
  const of = (request: object, what: (entry: Entry) => void, inFetchToo = false) => {
    const found = entries.get(request);
    if (found && (inFetchToo || !found.inFetch)) what(found.entry);
  };
  // What comes from a socket is nobody's work; a retry or redirect that follows is that of whoever asked.
  const answering = (request: object) => {
    const found = entries.get(request);
    Recorder.answering(found?.entry, found?.inFetch ? found.entry : null);
  };
  const begun = new WeakMap<object, number>();
  /** What a socket took to open; the first request that it carries pays for it. */
  const handshakes = new WeakMap<object, number>();
  return subscribed<Said>({
    "net.client.socket": ({ socket }) => begun.set(socket, now()),
    "undici:client:connected": ({ socket }) =>
      handshakes.set(socket, now() - (begun.get(socket) ?? now())),
    "undici:request:create": ({ request }) =>
      asAsked(request, () => {
        const { fetching } = Recorder;
        const entry = fetching ??
          Recorder.begin(() => callName(request.method, `${request.origin ?? ""}${request.path}`));
        if (entry !== null) entries.set(request, { entry, inFetch: fetching !== null });
      }),
    "undici:client:sendHeaders": ({ request, socket }) =>
      of(request, (entry) => {
        entry.sent(socket, handshakes.get(socket) ?? 0);
        handshakes.delete(socket);
      }, true),
    "undici:request:headers": ({ request, response }) => {
      answering(request);
      of(request, (entry) => entry.answered(response.statusCode));
    },
    "undici:request:bodyChunkReceived": ({ request, chunk }) =>
      of(request, (entry) => entry.received(chunk.length)),
    "undici:request:trailers": ({ request }) => {
      answering(request);
      of(request, (entry) => entry.end("done"));
    },
    "undici:request:error": ({ request, error }) => {
      if (FROM_SOCKET.test(String(Object(error).code))) answering(request);
      of(request, (entry) => entry.end(gaveUp(error) ? "aborted" : "failed"));
    },
  });
}

/**
 * Runs work as what asked for the request would. One that waited in the queue of an older undici's Pool
 * is made by whatever ended before it; its handler knows who asked.
 */
function asAsked(request: object, work: () => void): void {
  const symbol = Object.getOwnPropertySymbols(request).find((each) =>
    each.description === "handler"
  );
  const handler = symbol && (request as Record<symbol, Partial<AsyncResource>>)[symbol];
  if (handler?.runInAsyncScope) handler.runInAsyncScope(work);
  else work();
}

/** Listens to channels, by their names, until it is taken away again. */
export function subscribed<Said>(
  listeners: Readonly<Record<string, (said: Said) => void>>,
): Disposable {
  const pairs = Object.entries(listeners).map(([name, listener]) => {
    return [channel(name), (said: unknown) => listener(said as Said)] as const;
  });
  for (const [each, listener] of pairs) each.subscribe(listener);
  return {
    [Symbol.dispose]() {
      for (const [each, listener] of pairs) each.unsubscribe(listener);
    },
  };
}
