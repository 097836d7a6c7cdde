/**
 * Starts what its argument names, in the middle of work that would never end, and ends when it
 * hears that the work has failed. The table of survivors kills it, and what it started.
 * Each loads only what is its own, since there are many of them.
 */
import type { Variant } from "../../lib/runners/task.ts";

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

const clients = () => import("../../lib/client/library_clients.ts");
const fresh = () => import("../../lib/peers/deno/fresh_process.ts");
const lanes = () => import("../../lib/peers/deno/lanes.ts");
const peers = () => import("../../lib/peers/peer.ts");

const scenarios: Record<string, () => Promise<void>> = {
  async origin() {
    const { startOrigin } = await import("../../lib/origin/start.ts");
    const { url } = await startOrigin({ median: 10_000_000, sigma: 0 });
    await askForEver(`${url}${paths[0]}`);
  },
  async "planets, awaiting"() {
    const { startPlanets } = await import("../../lib/planets/start.ts");
    const { url } = await startPlanets({ handler: "awaiting", workers: 2, upstream: 10_000 });
    await askForEver(`${url}/planets/mars`);
  },
  async "planets, blocking"() {
    const { startPlanets } = await import("../../lib/planets/start.ts");
    const { url } = await startPlanets({ handler: "blocking", upstream: 10_000 });
    // Requests that wait in line: its one thread is always held.
    await Promise.all([1, 2, 3].map(() => askForEver(`${url}/planets/mars`)));
  },
  async "planets in Flask"() {
    const { planetServer } = await import("../../lib/peers/planet_server.ts");
    const { url } = await planetServer("flask gunicorn 4", { wait: 600_000 });
    await askForEver(`${url}/planets/mars`);
  },
  async "planets in aiohttp"() {
    const { planetServer } = await import("../../lib/peers/planet_server.ts");
    const { url } = await planetServer("aiohttp development", { wait: 600_000 });
    await askForEver(`${url}/planets/mars`);
  },
  async "fresh process, awaiting"() {
    const { concurrent } = await import("../../lib/strategies/mod.ts");
    await run((await fresh()).inFreshProcess(concurrent, (await clients()).keptAlive));
  },
  async "fresh process, blocking"() {
    const { blocking } = await import("../../lib/client/blocking.ts");
    const { sequential } = await import("../../lib/strategies/mod.ts");
    await run((await fresh()).inFreshProcess(sequential, blocking((await clients()).keptAlive)));
  },
  threads: async () => run((await lanes()).workers(2)),
  processes: async () => run((await lanes()).processes(2)),
  Go: async () => run((await peers()).peer("go", "concurrent")),
  "Python's threads": async () =>
    run((await peers()).peer("python", "requests-threads", { concurrency: 2 })),
  "Python's processes": async () =>
    run((await peers()).peer("python", "requests-processes", { concurrency: 2 })),
};

await scenarios[Deno.args[0]]();
