/** A process of a peer's that is killed ends its run; who is killed else: see test/survivors. */
// Runs apart: it looks among all that this process has started.
import { assertMatch, assertStringIncludes } from "@std/assert";
import { startOrigin } from "../../lib/origin/start.ts";
import { peer } from "../../lib/peers/peer.ts";
import { needs } from "../needs.ts";
import { processes } from "../processes.ts";

needs("python")(
  "a process of the pool that is killed is an error with Python's words",
  async () => {
    await using origin = await startOrigin({ median: 60_000, sigma: 0 });
    const variant = peer("python", "requests-processes", { concurrency: 2 });
    const paths = ["/api/v2/pokemon/1", "/api/v2/pokemon/2"];
    const running = variant.run({
      ...{ origin: origin.url, paths, method: "GET", deadline: 600_000 },
      ...{ signal: new AbortController().signal, onSample() {} },
    }).then(() => "ended well", (error: Error) => error.message);
    let lane: number | undefined;
    for (let i = 0; i < 1200 && lane === undefined; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      lane = await grandchild();
    }
    Deno.kill(lane!, "SIGKILL");
    const message = await running;
    assertMatch(message, /^Python requests-processes\(2\)\/kept ended with code 1/);
    assertStringIncludes(message, "BrokenProcessPool");
  },
);

/** A process that one of this process's own has started: a lane of the pool. */
async function grandchild(): Promise<number | undefined> {
  const all = (await processes()).filter(({ command }) => command.includes("peer.py"));
  const children = all.filter(({ parent }) => parent === Deno.pid).map(({ pid }) => pid);
  return all.find(({ parent }) => children.includes(parent))?.pid;
}
