import { AwaitingClient } from "./awaiting.ts";
import type { Client } from "./client.ts";
import { Requests } from "./requests.ts";

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
