import type { Client } from "./client.ts";
import { HttpClient } from "./http_client.ts";

/** A connection of its own for each request, closed after it. */
export const fresh: Client = {
  name: "new",
  connections: "new",
  open: (opening) => new HttpClient(opening, true),
};
