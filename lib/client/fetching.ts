import { AwaitingClient } from "./awaiting.ts";
import { Calls } from "./calls.ts";
import type { Client } from "./client.ts";

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
