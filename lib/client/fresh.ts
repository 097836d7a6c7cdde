import { AwaitingClient } from "./awaiting.ts";
import type { Client } from "./client.ts";
import { Requests } from "./requests.ts";

/**
 * A connection of its own for each request, closed after it.
 *
 * ```ts
 * variant(strategies.concurrent, fresh); // "concurrent/new"
 * ```
 */
export const fresh: Client = {
  name: "new",
  connections: "new",
  open: (opening) => new AwaitingClient(opening, new Requests(opening, false)),
};
