/** What a run in this process is said to have cost. */
// Runs alone: it measures time.
import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { blocking } from "../../lib/client/blocking.ts";
import { fresh, keptAlive } from "../../lib/client/library_clients.ts";
import { variant } from "../../lib/runners/variant.ts";
import { concurrent, naiveAwaitInLoop, pool, sequential } from "../../lib/strategies/mod.ts";
import type { Strategy } from "../../lib/trial/strategy.ts";
import { tight } from "../client/tight.ts";
import { ok, run } from "./faulty_run.ts";

tight(
  "the stall of blocking is its makespan, and that of awaiting is next to nothing",
  async () => {
    const paths = Array.from({ length: 10 }, () => "/slow/100");
    const blocked = await run(variant(sequential, blocking(keptAlive)), paths);
    let awaited = await run(variant(naiveAwaitInLoop, keptAlive), paths);
    // One that the machine's own stop disturbs is followed by another.
    for (let runs = 1; runs < 10 && awaited.costs.stall >= 0.5 * blocked.costs.stall; runs++) {
      awaited = await run(variant(naiveAwaitInLoop, keptAlive), paths);
    }
    assertGreater(blocked.costs.stall, 0.99 * blocked.makespan);
    assertLess(awaited.costs.stall, 0.5 * blocked.costs.stall);
    assertGreater(blocked.startUp, 0);
    assertEquals(awaited.startUp, 0);
  },
);

tight("a strategy that computes for long shows as stall, also after its last answer", async () => {
  const spin = (ms: number) => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  };
  for (const when of ["before", "after"]) {
    const busy: Strategy = async (paths, get) => {
      if (when === "before") spin(120);
      const results = await concurrent(paths, get);
      if (when === "after") spin(120);
      return results;
    };
    const { costs } = await run(variant(busy, keptAlive), ok(3));
    assertGreater(costs.stall, 100);
  }
});

tight("costs and times are told in full", async () => {
  const { costs, opened, makespan, samples } = await run(variant(pool(2), fresh), ok(6));
  assertEquals([costs.sockets, costs.peakInFlight, costs.measuredIn], [6, 2, "caller's process"]);
  assertGreater(costs.peakMemory, 1e6);
  assertGreater(costs.cpuUser + costs.cpuSystem, 0);
  for (const start of samples.start) assert(start >= opened);
  for (const end of samples.end) assert(end <= opened + makespan);
});
