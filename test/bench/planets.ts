import { estimate } from "../../lib/analysis/compare.ts";
import { loadBlocks } from "../../lib/load/load_blocks.ts";
import { loadTable } from "../../lib/load/load_table.ts";
import { startPlanets } from "../../lib/planets/start.ts";
import { planetServer } from "../../lib/peers/planet_server.ts";
import type { Row } from "./table.ts";

const BLOCKS = 10;
const DURATION = 1000;

/**
 * Requests a second of the awaiting planet server, in one thread, beside aiohttp's on gunicorn. With
 * nothing to wait for: an upstream of 5 ms lets 20 connections have 4,000 a second at the most,
 * whoever serves them.
 */
export async function planets(): Promise<Row[]> {
  await using ours = await startPlanets({ handler: "awaiting", upstream: 0 });
  await using theirs = await planetServer("aiohttp gunicorn 4", { wait: 0 });
  const targets = [theirs, ours].map(({ name, url }) => ({ name, url: `${url}/planets/mars` }));
  const results = await loadBlocks(targets, {
    ...{ duration: DURATION, connections: 20, blocks: BLOCKS, twin: theirs.name },
  });
  if (results.faults.length > 0) throw new Error(results.faults.join("\n"));
  const { ratio, low, high } = estimate(results)[0];
  const [of, by] = loadTable(results).map((row) =>
    row.requests_per_s.toFixed(0) + (row.mark ? ` (${row.mark})` : "")
  );
  return [{
    what: "planets a second, Deno awaiting ÷ aiohttp on gunicorn with 4 workers",
    // A makespan's ratio is a rate's inverted.
    ...{ figure: 1 / ratio, low: 1 / high, high: 1 / low },
    ...{ goal: "≥ 1.20", reached: 1 / ratio >= 1.2 },
    beside: `${by} and ${of} a second, 20 at a time; ${BLOCKS} blocks of ${DURATION} ms`,
  }];
}
