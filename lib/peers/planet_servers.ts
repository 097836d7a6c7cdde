import { MissingToolchain } from "./toolchain.ts";
import type { PeerTable } from "./peer_plan.ts";
import type { MissingPeer } from "./peer_sets.ts";
import {
  type PlanetServer,
  planetServer,
  type PlanetServerKind,
  planetServerKinds,
} from "./planet_server.ts";

/** Python's planet servers in one table. */
export interface PlanetServers {
  /** Those that run here, started. */
  readonly servers: readonly PlanetServer[];
  readonly missing: readonly MissingPeer[];
}

/**
 * Starts Python's planet servers, "as shipped" (aiohttp's keep their connections, Flask's never do)
 * or "equalised" (all close after each answer), and says of those that cannot run what to install.
 *
 * ```ts
 * const servers = await planetServers("equalised");
 * ```
 *
 * @throws {RangeError} naming a kind that does not exist
 * @throws {Error} carrying its standard error, where one does not start; the others are closed
 */
export async function planetServers(
  table: PeerTable,
  kinds: readonly PlanetServerKind[] = planetServerKinds,
): Promise<PlanetServers> {
  const servers: PlanetServer[] = [];
  const missing: MissingPeer[] = [];
  const options = table === "equalised" ? { keepAlive: false } : {};
  for (const kind of kinds) {
    try {
      servers.push(await planetServer(kind, options));
    } catch (error) {
      if (!(error instanceof MissingToolchain)) {
        await Promise.all(servers.map((server) => server.close()));
        throw error;
      }
      missing.push({ variant: kind, install: error.install });
    }
  }
  return { servers, missing };
}
