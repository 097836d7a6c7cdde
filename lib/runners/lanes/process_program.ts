/**
 * The process of a lane, see process_lane.ts. It reads an Errand and then one path after the other
 * from standard input, a line of JSON each, and says a line for each on standard output. When
 * standard input ends, so does it: whoever started it is gone.
 */
import process from "node:process";
import { highWater } from "../high_water.ts";
import { fetchLoop } from "./fetch_loop.ts";
import type { Errand } from "./lane.ts";
import { lines, standardInput } from "../../ground/json_lines.ts";
import type { Said, Told } from "./process_lane.ts";
import { rehearse } from "./rehearse.ts";
import { say } from "./say.ts";

const tell = (said: Said) => say(said);
let hear = Promise.withResolvers<Told>();

/** Reads on while a request is under way, or the end of standard input would go unseen. */
async function listen(input: AsyncGenerator<string>): Promise<void> {
  for await (const line of input) hear.resolve(JSON.parse(line));
  process.exit(1);
}

async function next(): Promise<Told["item"]> {
  const { item } = await hear.promise;
  hear = Promise.withResolvers();
  return item;
}

const input = lines(standardInput());
const errand: Errand = JSON.parse((await input.next()).value);
let before = { user: 0, system: 0 };
const loop = fetchLoop(errand, next, (answer) => tell({ is: "answer", answer }));
listen(input);
await rehearse();
tell({ is: "ready" });
await hear.promise;
if (!errand.startInside) before = process.cpuUsage();
const { sockets, lastFinish } = await loop.run();
const { user, system } = process.cpuUsage();
tell({
  is: "done",
  report: {
    ...{ sockets, lastFinish, peakMemory: await highWater() },
    ...{ cpuUser: (user - before.user) / 1000, cpuSystem: (system - before.system) / 1000 },
  },
});
process.exit(0);
