/**
 * The process of a lane, see lane.ts. It hears its work and then one path after the other, and
 * says a line for each. When standard input ends, so does it: whoever started it is gone.
 */
import process from "node:process";
import { hearFirst, say } from "../../ground/parent.ts";
import { fetchLoop } from "./fetch_loop.ts";
import { highWater } from "./high_water.ts";
import type { FromLane, LaneWork } from "./lane.ts";
import type { Item } from "./queue.ts";
import { rehearse } from "./rehearse.ts";

const tell = (said: FromLane) => say(said);
let handed = Promise.withResolvers<Item>();

async function next(): Promise<Item> {
  const item = await handed.promise;
  handed = Promise.withResolvers();
  return item;
}

const work = await hearFirst<LaneWork>((item: Item) => handed.resolve(item));
await rehearse();
tell({ ready: true });
await handed.promise;
const before = work.startInside ? { user: 0, system: 0 } : process.cpuUsage();
const came = await fetchLoop(work, next, (answer) => tell({ answer }));
const { user, system } = process.cpuUsage();
tell({
  report: {
    ...came,
    cpuUser: (user - before.user) / 1000,
    cpuSystem: (system - before.system) / 1000,
    peakMemory: await highWater(),
  },
});
process.exit(0);
