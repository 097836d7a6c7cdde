/** Every fault × strategy × retries ends: every id is a value or an error that names it. */
import { assert, assertEquals } from "@std/assert";
import { frames } from "../../lib/analysis/results.ts";
import { inFlight } from "../../lib/charts/further.ts";
import { timeline } from "../../lib/charts/mod.ts";
import { blocking } from "../../lib/client/blocking.ts";
import { keptAlive } from "../../lib/client/library_clients.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { keepThreads } from "../../lib/client/threads.ts";
import { selfCheck } from "../../lib/experiment/check.ts";
import { adaptive } from "../../lib/limits/adaptive.ts";
import { rateLimited } from "../../lib/limits/rate_limited.ts";
import { retrying } from "../../lib/limits/retrying.ts";
import { FAULTS } from "../../lib/origin/faults.ts";
import { type OriginOptions, startOrigin } from "../../lib/origin/start.ts";
import { trial } from "../../lib/runners/trial.ts";
import type { Variant } from "../../lib/runners/task.ts";
import { variant } from "../../lib/runners/variant.ts";
import * as strategies from "../../lib/strategies/mod.ts";
import { failures } from "../../lib/trial/failures.ts";
import type { BlockingStrategy, Strategy } from "../../lib/trial/strategy.ts";

const paths = Array.from({ length: 16 }, (_, i) => `/api/v2/pokemon/${i + 1}`);

const TROUBLES: Record<string, OriginOptions> = {
  ...Object.fromEntries(FAULTS.map((fault) => [fault, { faults: { [fault]: 0.25 } }])),
  "429": { rate: 50, burst: 4 },
  "503, full": { capacity: 1, queue: 2 },
  "all of them": {
    faults: Object.fromEntries(FAULTS.map((fault) => [fault, 0.04])),
    ...{ rate: 200, burst: 8, capacity: 4, queue: 8, slowOneIn: 5 },
  },
};

const STRATEGIES = [
  strategies.sequential,
  strategies.naiveAwaitInLoop,
  strategies.chunked(4),
  strategies.pool(4),
  strategies.concurrent,
  rateLimited(100, 4),
  adaptive({ start: 4 }),
];

/** The strategy over a `get` whose failures are values, so that each id has its own outcome. */
const settling = (strategy: Strategy): Strategy => (paths, get, signal) =>
  strategy(
    paths,
    (path, options) => get(path, options).catch((error) => options?.take ? error : { name: error }),
    signal,
  );

/** The same of one that blocks. */
const settlingBlocked = (strategy: BlockingStrategy): BlockingStrategy => (paths, get) =>
  strategy(paths, (path, options) => {
    try {
      return get(path, options);
    } catch (error) {
      return { name: error };
    }
  });

/** The strategy over a client that retries, or does not. */
function variantOf(strategy: Strategy | typeof strategies.sequential, retries: boolean): Variant {
  const options = { base: 20, budget: Infinity };
  const { concurrency } = strategy as Strategy & { concurrency: number };
  const named = { name: `${strategy.name}${retries ? " with retries" : ""}`, concurrency };
  if (strategy === strategies.sequential) {
    const client = retries ? retrying(blocking(keptAlive), options) : blocking(keptAlive);
    return variant(settlingBlocked(strategies.sequential), client, named);
  }
  const client = retries ? retrying(keptAlive, options) : keptAlive;
  return variant(settling(strategy as Strategy), client, named);
}

/** One pass: how many ids have a value, how many an error, and how many attempts it took. */
async function pass(
  origin: Awaited<ReturnType<typeof startOrigin>>,
  tried: Variant,
): Promise<string> {
  const where = tried.name;
  const one = await trial(tried, { origin, paths, seed: 3, deadline: 300 });
  // Every id has a value, or an error that names it.
  const errors = one.results.filter((outcome, i) => {
    if (!(outcome instanceof RequestError)) return assert(typeof outcome === "string", where);
    assert(outcome.message.includes(`${paths[i]}:`), outcome.message);
    return true;
  }) as RequestError[];
  // The frame counts errors by kind, every attempt of them.
  const { samples, trials } = frames(one);
  const [row] = trials.toRecords();
  for (const kind of ["timeout", "status", "network", "decode"]) {
    assertEquals(row[`errors_${kind}`], failures(one.samples).get(kind) ?? 0, where);
  }
  assertEquals(row.requests, one.samples.path.length);
  assertEquals(row.retries, one.samples.path.length - paths.length, where);
  // Charts still draw, and the self-check finds nothing but the ids that have no value.
  timeline(samples);
  inFlight(samples);
  const wrong = selfCheck(one, paths);
  assertEquals(wrong.filter((each) => !each.includes("too few")), [], where);
  assertEquals(wrong.length > 0, errors.length > 0, where);
  const values = paths.length - errors.length;
  return errors.length === 0 ? `${values}` : `${values} + ${errors.length} errors`;
}

/** The origin lets a trial begin only then. */
async function nothingInFlight(origin: Awaited<ReturnType<typeof startOrigin>>): Promise<void> {
  await origin.begin(1);
  assertEquals((await origin.end()).requests, 0);
}

Deno.test("every fault × strategy × retries ends, and leaves nothing in flight", async () => {
  const troubles = Object.entries(TROUBLES);
  const origins = await Promise.all(
    troubles.map(([, options]) => startOrigin({ median: 4, handshake: 2, ...options })),
  );
  await using open = new AsyncDisposableStack();
  for (const origin of origins) open.use(origin);
  /** What came of passes, one after the other. */
  const cells = async (of: readonly (typeof STRATEGIES[number])[], row: number) => {
    const cells: string[] = [];
    for (const strategy of of) {
      const origin = origins[row >> 1];
      cells.push(await pass(origin, variantOf(strategy, row % 2 === 1)));
      await nothingInFlight(origin);
    }
    return cells;
  };
  const rows = troubles.flatMap(([trouble]) => [trouble, `${trouble}, retries`]);
  const [blocked, ...awaited] = STRATEGIES;
  using _threads = keepThreads();
  const lines: string[][] = [["", ...STRATEGIES.map(({ name }) => name)]];
  for (const [row, name] of rows.entries()) lines.push([name, ...await cells([blocked], row)]);
  // Most of a pass is waiting: where none blocks the others, all troubles are met at once.
  await Promise.all(troubles.map(async (_, i) => {
    for (const row of [2 * i, 2 * i + 1]) lines[1 + row].push(...await cells(awaited, row));
  }));
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  const table = lines.map((line) => line.map((cell, i) => cell.padEnd(widths[i])).join("  "));
  console.log(`Of ${paths.length} ids, those with a value:\n${table.join("\n")}`);
});
