import type { Client } from "./client.ts";
import { HttpClient } from "./http_client.ts";

/** Connections stay open from one request to the next: as many as may overlap, opened as needed. */
export const keptAlive: Client = {
  name: "kept",
  connections: "kept",
  open: (opening) => new HttpClient(opening, false),
};
