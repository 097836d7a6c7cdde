/**
 * Starts what its argument names, in the middle of work that would never end, and ends when it
 * hears that the work has failed. The table of survivors kills it, and what it started.
 */
import { blocking } from "../../lib/client/blocking.ts";
import { keptAlive } from "../../lib/client/library_clients.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { inFreshProcess } from "../../lib/peers/deno/fresh_process.ts";
import { processes, workers } from "../../lib/peers/deno/lanes.ts";
import { peer } from "../../lib/peers/peer.ts";
import { planetServer } from "../../lib/peers/planet_server.ts";
import { startPlanets } from "../../lib/planets/start.ts";
import type { Variant } from "../../lib/runners/task.ts";
import { concurrent, sequential } from "../../lib/strategies/mod.ts";

const paths = Array.from({ length: 4 }, (_, i) => `/api/v2/pokemon/${i + 1}`);

/** A trial whose first answers take hours; the origin is the test's, or of its own. */
async function run(variant: Variant): Promise<void> {
  await variant.run({
    ...{ origin: Deno.args[1], paths, method: "GET", deadline: 10_000_000 },
    ...{ signal: new AbortController().signal, onSample() {} },
  });
}

async function askForEver(url: string): Promise<void> {
  for (;;) await (await fetch(url)).body?.cancel();
}

const scenarios: Record<string, () => Promise<void>> = {
  async origin() {
    const { url } = await startOrigin({ median: 10_000_000, sigma: 0 });
    await askForEver(`${url}${paths[0]}`);
  },
  async "planets, awaiting"() {
    const { url } = await startPlanets({ handler: "awaiting", workers: 2, upstream: 10_000 });
    await askForEver(`${url}/planets/mars`);
  },
  async "planets, blocking"() {
    const { url } = await startPlanets({ handler: "blocking", upstream: 10_000 });
    // Requests that wait in line: its one thread is always held.
    await Promise.all([1, 2, 3].map(() => askForEver(`${url}/planets/mars`)));
  },
  async "planets in Flask"() {
    const { url } = await planetServer("flask gunicorn 4", { wait: 600_000 });
    await askForEver(`${url}/planets/mars`);
  },
  async "planets in aiohttp"() {
    const { url } = await planetServer("aiohttp development", { wait: 600_000 });
    await askForEver(`${url}/planets/mars`);
  },
  "fresh process, awaiting": () => run(inFreshProcess(concurrent, keptAlive)),
  "fresh process, blocking": () => run(inFreshProcess(sequential, blocking(keptAlive))),
  threads: () => run(workers(2)),
  processes: () => run(processes(2)),
  Go: () => run(peer("go", "concurrent")),
  "Python's threads": () => run(peer("python", "requests-threads", { concurrency: 2 })),
  "Python's processes": () => run(peer("python", "requests-processes", { concurrency: 2 })),
};

await scenarios[Deno.args[0]]();
