/** `"lab/load"`: load on a server of this machine, and the planet tracker to put it on. */
export { loadBlocks } from "./load_blocks.ts";
export type { LoadResults } from "./load_blocks.ts";
export { loadLine, loadTable } from "./load_table.ts";
export { tailTable } from "./tail_table.ts";
export { startPlanets } from "../planets/start.ts";
export type { PlanetTracker } from "../planets/start.ts";
