import { callName } from "./call.ts";
import { type Entry, gaveUp, Recorder } from "./recorder.ts";

/**
 * Puts something in place of the platform's `fetch` that does as it does, and keeps note of the calls
 * of code that is watched. To take it away again puts back what was there; where the code has put
 * something of its own there meanwhile, that stays.
 */
export function watchFetch(): Disposable {
  const own = Object.getOwnPropertyDescriptor(globalThis, "fetch")!;
  const original = globalThis.fetch;
  const seeing = new Proxy(original, {
    apply(target, self, args: Parameters<typeof fetch>) {
      const ask = () => Reflect.apply(target, self, args) as ReturnType<typeof fetch>;
      // What stands in fetch's place may well ask by what stood there before: that is one call.
      const entry = Recorder.fetching === null ? Recorder.begin(() => nameOf(...args)) : null;
      return entry === null ? ask() : follow(entry, ask, args);
    },
  });
  const { enumerable } = own;
  Object.defineProperty(globalThis, "fetch", {
    value: seeing,
    writable: true,
    configurable: true,
    enumerable,
  });
  return {
    [Symbol.dispose]() {
      if (globalThis.fetch === seeing) Object.defineProperty(globalThis, "fetch", own);
    },
  };
}

function nameOf(input: RequestInfo | URL, init?: RequestInit): string {
  try {
    const { method = "GET", url = String(input) } = input instanceof Request ? input : {};
    return callName(String(init?.method ?? method).toUpperCase(), url);
  } catch {
    return "of an address that is not one"; // fetch will say so itself
  }
}

async function follow(
  entry: Entry,
  ask: () => Promise<Response>,
  [input, init]: Parameters<typeof fetch>,
): Promise<Response> {
  const signal = init?.signal ?? (input instanceof Request ? input.signal : null);
  entry.givenUp = () => signal?.aborted === true;
  const fail = (error: unknown) =>
    entry.end(entry.givenUp() || gaveUp(error) ? "aborted" : "failed");
  let answer: Response;
  try {
    answer = await Recorder.fetch(entry, ask);
  } catch (error) {
    fail(error);
    throw error;
  }
  entry.answered(answer.status);
  if (answer instanceof Response && answer.body !== null) {
    return sameBut(answer, counted(answer.body, entry, fail));
  }
  entry.received(0);
  entry.end("done");
  return answer;
}

/** An answer with a body that we see being read; all else is the answer's own, its clones' too. */
function sameBut(answer: Response, body: ReadableStream<Uint8Array<ArrayBuffer>>): Response {
  const { url, redirected, type } = answer;
  return alike(new Response(body, answer));

  function alike(response: Response): Response {
    const clone = () => alike(Response.prototype.clone.call(response));
    for (const [name, value] of Object.entries({ url, redirected, type, clone })) {
      Object.defineProperty(response, name, { value, configurable: true });
    }
    return response;
  }
}

/** A body that is read when ours is, and not before: what nobody reads stays unread. */
function counted(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  entry: Entry,
  fail: (error: unknown) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) {
          entry.received(value.length);
          return controller.enqueue(value);
        }
      } catch (error) {
        fail(error);
        throw error;
      }
      entry.received(0);
      entry.end("done");
      controller.close();
      controller.byobRequest?.respond(0);
    },
    cancel(reason) {
      entry.end("aborted");
      return reader.cancel(reason);
    },
  }, { highWaterMark: 0 });
}
