/** `"lab/peers"`: the same work in Go and Python, beside Deno's. */
export { linesOf } from "./lines_of.ts";
export { peer } from "./peer.ts";
export type { PeerOptions, PeerVariant } from "./peer.ts";
export { settings } from "./peer_rows.ts";
export { variants } from "./peer_sets.ts";
export type { MissingPeer, Peers, PeerSet, PeerSetOptions } from "./peer_sets.ts";
export { planetServer, planetServerKinds } from "./planet_server.ts";
export type { PlanetServer, PlanetServerKind } from "./planet_server.ts";
export { planetServers } from "./planet_servers.ts";
export type { PlanetServers } from "./planet_servers.ts";
export { recorded, standIns } from "./recorded_rows.ts";
export type { RecordedRow, StandIn } from "./recorded_rows.ts";
export type { MissingToolchain } from "./toolchain.ts";
