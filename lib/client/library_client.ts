import { Kind } from "../ground/options.ts";
import type { Client } from "./client.ts";
import { fresh } from "./fresh.ts";
import { keptAlive } from "./kept_alive.ts";

/** A client that another thread or process can open, too: a function does not leave its own. */
export const LIBRARY_CLIENT = new Kind<Client>(
  "fresh or keptAlive",
  (client) => client === fresh || client === keptAlive,
);
