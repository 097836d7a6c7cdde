/** Whatever takes options by name refuses a name that it does not know. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertRejects } from "@std/assert";
import * as lab from "../../lib/mod.ts";
import * as lanes from "../../lib/peers/deno/mod.ts";
import * as load from "../../lib/load/mod.ts";
import * as theory from "../../lib/theory/mod.ts";

// deno-lint-ignore no-explicit-any
type Options = any;
const url = "http://127.0.0.1:9";
const { strategies, keptAlive } = lab;
const awaiting = lab.variant(strategies.concurrent, keptAlive);

/** What takes options, and those it needs. */
const takers: Record<string, [call: (options: Options) => unknown, needed: string[]]> = {
  startOrigin: [lab.startOrigin, ["port", "handshake"]],
  startPlanets: [load.startPlanets, ["handler"]],
  loadBlocks: [(options) => load.loadBlocks([{ name: "a", url }], options), [
    "blocks",
    "duration",
    "rate",
  ]],
  experiment: [lab.experiment, ["origin", "blocks", "warmUp", "onBlock"]],
  trial: [(options) => lab.trial(awaiting, options), ["origin", "paths", "seed"]],
  variant: [(options) => lab.variant(strategies.pool(2), keptAlive, options), ["name"]],
  inFreshProcess: [
    (options) => lanes.inFreshProcess(strategies.concurrent, keptAlive, options),
    ["name"],
  ],
  workers: [(options) => lanes.workers(2, options), ["name", "connections", "startInside"]],
  processes: [(options) => lanes.processes(2, options), ["name", "connections", "startInside"]],
  idealRatiosOver: [theory.idealRatiosOver, ["variants", "over", "values"]],
  show: [(options) => lab.show("text", options), ["caption", "details"]],
};

for (const [name, [call, needed]] of Object.entries(takers)) {
  Deno.test(`${name} names an option that it does not know, and those it does`, async () => {
    const asked = async (options: unknown) => await call(options);
    const told = await assertRejects(() => asked({ block_s: 3 }), TypeError) as Error;
    const start = `${name}: block_s is not an option; the options are `;
    const known = told.message.split(start)[1]?.split(/, | and /) ?? [];
    assertEquals(known.filter((each) => needed.includes(each)), needed, told.message);
    // Nor is what every object has.
    await assertRejects(() => asked({ toString: 1 }), TypeError, "toString is not an option");
    await assertRejects(() => asked(7), TypeError, `${name}: options must be an object, not 7`);
  });
}
