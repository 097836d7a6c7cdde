/** `"lab/peers"`: the same work in Go and Python, beside Deno's. */
export { linesOf } from "./lines_of.ts";
export { peer } from "./peer.ts";
export type { PeerOptions, PeerVariant } from "./peer.ts";
export { settings } from "./peer_rows.ts";
export { variants } from "./peer_sets.ts";
export type { MissingPeer, Peers, PeerSet, PeerSetOptions } from "./peer_sets.ts";
export { planetServer, planetServerKinds, planetServers } from "./planet_server.ts";
export type { PlanetServer, PlanetServerKind, PlanetServers } from "./planet_server.ts";
export { recorded, standIns } from "./recorded.ts";
export type { RecordedRow, StandIn } from "./recorded.ts";
export type { MissingToolchain } from "./toolchain.ts";
