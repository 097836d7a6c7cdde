import type { Plan } from "../trial/plan.ts";

/**
 * Whether libraries run with their own defaults, or with those that make them alike: the same
 * connection limit, no compression.
 */
export type PeerTable = "as shipped" | "equalised";

/** What a library decides for itself unless it is told. */
export interface PeerSettings {
  /** Connections open at once and kept, at most; `null` leaves the library's own. */
  readonly connectionLimit: number | null;
  /** "default" asks as the library does, "identity" for no compression. */
  readonly acceptEncoding: "default" | "identity";
  /** The whole document to a generic value, the name alone, or nothing at all. */
  readonly decode: "whole" | "name" | "none";
}

/** A {@link Plan} for a program in another language: one line of JSON on its standard input. */
export interface PeerPlan extends Plan {
  /** One of the language's implementations, e.g. "aiohttp-pool". */
  readonly implementation: string;
  readonly settings: PeerSettings;
}

/**
 * The settings of a table, for n requests of which `concurrency` may overlap. Equalised, a client
 * has as many connections as requests may overlap: never the bottleneck, never more than a trial
 * of Deno's has.
 */
export function peerSettings(
  table: PeerTable,
  requests: number,
  concurrency: number,
  decode: PeerSettings["decode"],
): PeerSettings {
  if (table === "as shipped") return { connectionLimit: null, acceptEncoding: "default", decode };
  const connectionLimit = Math.max(1, Math.min(concurrency, requests));
  return { connectionLimit, acceptEncoding: "identity", decode };
}
