import { check, func, oneOf, resolve, TEXT } from "../ground/options.ts";
import type { Connections } from "../trial/plan.ts";
import { AwaitingClient } from "./awaiting.ts";
import { type Ask, Calls } from "./calls.ts";
import type { Client } from "./client.ts";

/**
 * Anybody's way of asking as a client, behind the same `get` as the lab's own:
 *
 * ```ts
 * const withKy = client("ky", (url, { signal }) => ky.get(url, { signal }).json());
 * const withFetch = client("my fetch", (url, { signal }) => fetch(url, { signal }));
 * await trial(variant(naive, withKy), { origin, paths, seed: 1 });
 * ```
 *
 * The function is given the whole URL, and `signal` and `method` ("GET" or "HEAD") to pass on. It
 * resolves to a Response, whose body is read and decoded here, or to the document itself. A status
 * that is not a success, and whatever it throws, is the request's failure.
 *
 * What the lab cannot see of such a client, it takes from the origin: how many connections there
 * were, and where a document comes instead of a Response, which service time was drawn. Whether
 * connections are reused is the function's affair; where they are not, say so, as the ideal depends
 * on it.
 *
 * @param name part of a variant's name, e.g. "ky" of "naive/ky"
 * @param ask see {@link Ask}
 * @param options.connections "kept" (the default) where connections are reused, "new" where not
 * @throws {TypeError | RangeError} for a name that is not text, an `ask` that is not a function
 */
export function client(
  name: string,
  ask: Ask,
  options: { connections?: Connections } = {},
): Client {
  check("client", "name", name, TEXT);
  check("client", "ask", ask, func<Ask>());
  const { connections } = resolve("client", options, {
    connections: oneOf("kept", "new").or("kept"),
  });
  const open: Client["open"] = (opening) =>
    new AwaitingClient(opening, new Calls(opening, ask, () => {}));
  return { name, connections, open };
}

/**
 * The platform's own `fetch`. It keeps its connections, new ones for each trial, and opens as many
 * as it likes: a loop that awaits may find the one it just used not free yet, and open a second. How
 * many there were is the origin's count.
 *
 * ```ts
 * const all = variant(strategies.concurrent, fetching);
 * ```
 */
export const fetching: Client = {
  name: "fetch",
  connections: "kept",
  open(opening) {
    const client = Deno.createHttpClient({});
    const calls = new Calls(
      opening,
      (url, options) => fetch(url, { ...options, redirect: "manual", client }),
      () => client.close(),
    );
    return new AwaitingClient(opening, calls);
  },
};
