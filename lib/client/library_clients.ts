import { Kind } from "../ground/options.ts";
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

/**
 * Connections stay open from one request to the next: as many as may overlap, opened as needed.
 *
 * ```ts
 * variant(strategies.pool(10), keptAlive); // "pool(10)/kept"
 * ```
 */
export const keptAlive: Client = {
  name: "kept",
  connections: "kept",
  open: (opening) => new AwaitingClient(opening, new Requests(opening, true)),
};

/** A client that another thread or process can open, too: a function does not leave its own. */
export const LIBRARY_CLIENT = new Kind<Client>(
  "fresh or keptAlive",
  (client) => client === fresh || client === keptAlive,
);
