import { ratiosOf } from "../../lib/analysis/compare.ts";
import { ratioInterval } from "../../lib/analysis/interval.ts";
import { quantile } from "../../lib/ground/quantile.ts";
import { keptAlive } from "../../lib/client/library_clients.ts";
import { experiment, type Results } from "../../lib/experiment/experiment.ts";
import { type OriginOptions, startOrigin } from "../../lib/origin/start.ts";
import { inFreshProcess } from "../../lib/peers/deno/fresh_process.ts";
import { peer } from "../../lib/peers/peer.ts";
import { settings as inForce } from "../../lib/peers/peer_rows.ts";
import { concurrent } from "../../lib/strategies/mod.ts";
import type { Method } from "../../lib/trial/plan.ts";
import type { Row } from "./table.ts";

const BLOCKS = 12;

const deno = inFreshProcess(concurrent, keptAlive, { name: "Deno" });
const go = peer("go", "concurrent", { name: "Go" });
const goName = peer("go", "concurrent", { name: "Go, one field", decode: "name" });
const aiohttp = peer("python", "aiohttp-concurrent", { name: "aiohttp" });

interface Case {
  readonly requests: number;
  readonly method: Method;
  readonly origin: OriginOptions;
  /** The most that Deno's makespan may be, as a ratio to this one's. */
  readonly goals: readonly (readonly [other: typeof go, most: number])[];
}

const full: OriginOptions = { payload: "full" };
const CASES: readonly Case[] = [
  {
    ...{ requests: 898, method: "GET", origin: full },
    goals: [[go, 0.9], [aiohttp, 0.9], [goName, 1.15]],
  },
  { requests: 150, method: "GET", origin: full, goals: [[go, 1], [aiohttp, 1]] },
  { requests: 1000, method: "HEAD", origin: {}, goals: [[go, 1]] },
];

async function measure({ requests, method, origin: options, goals }: Case): Promise<Results> {
  await using origin = await startOrigin(options);
  return await experiment({
    ...{ origin, method, blocks: BLOCKS, baseline: deno, twin: deno },
    variants: [deno, ...goals.map(([other]) => other)],
    paths: Array.from({ length: requests }, (_, i) => `/api/v2/pokemon/${i + 1}`),
  });
}

/** Deno's client beside Go's and aiohttp's, equalised, all at once, each in a process of its own. */
export async function peers(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const one of CASES) {
    const results = await measure(one);
    if (results.faults.length > 0) throw new Error(results.faults.join("\n"));
    for (const { variant, settings, received } of inForce(results.passes)) {
      console.log(`  ${variant}: ${received}; ${settings}`);
    }
    const median = (name: string, take: (trial: Results["passes"][number]) => number) =>
      quantile(results.passes.filter(({ variant }) => variant === name).map(take), 0.5).toFixed(0);
    const times = (name: string) => median(name, ({ makespan }) => makespan);
    const cpu = (name: string) => median(name, ({ costs }) => costs.cpuUser + costs.cpuSystem);
    for (const [{ name }, most] of one.goals) {
      const { ratio, low, high } = ratioInterval(ratiosOf(results, "Deno", name), 0.95);
      rows.push({
        what: `Deno ÷ ${name}, ${one.requests} ${one.origin.payload ?? ""} ${one.method}s at once`
          .replace("  ", " "),
        ...{ figure: ratio, low, high, goal: `≤ ${most.toFixed(2)}`, reached: ratio <= most },
        beside: `medians ${times("Deno")} and ${times(name)} ms; CPU ${cpu("Deno")} and ${
          cpu(name)
        } ms; ${BLOCKS} blocks`,
      });
    }
  }
  return rows;
}
