/** The same work in Go and Python, beside Deno's; each name is documented where it is made. */
export { MissingToolchain } from "./missing.ts";
export { peer } from "./peer.ts";
export type { PeerOptions, PeerVariant } from "./peer.ts";
export { accountOf, peerRows } from "./peer_rows.ts";
export { peerVariants } from "./peer_sets.ts";
export type { Peers, PeerSet, PeerSetOptions } from "./peer_sets.ts";
export { planetServer, planetServerKinds } from "./planet_server.ts";
export type { PlanetServerKind } from "./planet_server.ts";
export { recordedPeers } from "./recorded.ts";
export type { RecordedTrial } from "./recorded.ts";
export type { Server } from "./server_child.ts";
