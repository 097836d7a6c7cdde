import { errorMonitor } from "node:events";
import type { ClientRequest, IncomingMessage } from "node:http";
import { callName } from "./call.ts";
import { type Entry, gaveUp, now, Recorder } from "./recorder.ts";
import { subscribed } from "./watch_undici.ts";

interface Said {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
  readonly error: unknown;
}

/**
 * Listens to the channels of `node:http` and `node:https`, by which libraries ask that are older than
 * `fetch`. Nothing of a request or an answer is read here: bytes are counted as they are put into the
 * answer's stream.
 */
export function watchNodeHttp(): Disposable {
  const entries = new WeakMap<ClientRequest, Entry>();
  return subscribed<Said>({
    "http.client.request.created": ({ request }) => {
      if (Recorder.fetching !== null) return; // a fetch in the platform's place, which is seen itself
      const entry = Recorder.begin(() => {
        const host = request.getHeader("host") ?? request.host;
        return callName(request.method, `${request.protocol}//${host}${request.path}`);
      });
      if (entry === null) return;
      entries.set(request, entry);
      entry.givenUp = () => request.destroyed;
      request.once("socket", (socket) => {
        if (!socket.connecting) return entry.sent(socket, 0);
        const from = now();
        const opened = request.protocol === "https:" ? "secureConnect" : "connect";
        socket.once(opened, () => entry.sent(socket, now() - from));
      });
      request.once(errorMonitor, (error) => entry.end(over(request, error)));
      request.once("close", () => {
        if (entry.status === 0) entry.end(over(request, null));
      });
    },
    "http.client.response.finish": ({ request, response }) => {
      const entry = entries.get(request);
      if (!entry) return;
      entry.answered(response.statusCode ?? 0);
      entry.received(0);
      const { push } = response;
      response.push = (chunk: Uint8Array | null, ...rest) => {
        if (chunk !== null) entry.received(chunk.length);
        return push.call(response, chunk, ...rest);
      };
      response.once("end", () => entry.end("done"));
      response.once("close", () => entry.end(over(request, response.errored)));
    },
  });
}

/** Why it is over without having come to its end. */
function over(request: ClientRequest, error: unknown): "failed" | "aborted" {
  const { aborted } = request as { aborted?: boolean };
  return gaveUp(error) || aborted || (error === null && request.destroyed) ? "aborted" : "failed";
}
