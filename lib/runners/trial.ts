import type { Origin } from "../origin/report.ts";
import type { Method } from "../trial/plan.ts";
import type { SampleColumns } from "../trial/samples.ts";
import type { Trial } from "../trial/trial.ts";
import type { Variant } from "./variant.ts";

/** What a trial may be told. */
export interface TrialOptions {
  readonly origin: Origin;
  readonly paths: readonly string[];
  /** Of the origin's draws: whole, 0 or more. */
  readonly seed: number;
  /** Which block it belongs to; 0 by default: none. */
  readonly block?: number;
  readonly method?: Method;
  /** For each request, ms; 30 000 by default. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
  /** Called as each request finishes, with its row. */
  readonly onSample?: (columns: SampleColumns, row: number) => void;
}

/**
 * One pass of one variant over the paths, seen from both sides: the origin begins to draw from the
 * seed, the variant runs, the origin reports.
 *
 * Rejects with the RequestError of the first request that fails, with the signal's reason when
 * aborted, and with a TypeError or RangeError that names a bad option.
 */
export async function trial(variant: Variant, options: TrialOptions): Promise<Trial> {
  const { origin, paths, seed, block = 0, method = "GET", deadline = 30_000 } = options;
  if (typeof variant?.run !== "function") {
    throw new TypeError(
      "trial: the first argument must be a variant, e.g. variant(strategy, keptAlive)",
    );
  }
  if (typeof origin?.begin !== "function") throw new TypeError("trial: origin must be an origin");
  const wrong = Array.isArray(paths) ? paths.find((path) => !isPath(path)) : paths;
  if (!Array.isArray(paths) || wrong !== undefined) {
    throw new TypeError(`trial: paths must be a list of texts that begin with "/"; got ${wrong}`);
  }
  if (!(deadline > 0)) throw new RangeError(`trial: deadline must be above 0 ms; got ${deadline}`);
  const signal = options.signal ?? new AbortController().signal;
  const onSample = options.onSample ?? (() => {});
  signal.throwIfAborted();
  await origin.begin(seed);
  let ended = false;
  try {
    const task = { origin: origin.url, paths, method, deadline, signal, onSample };
    const run = await variant.run(task);
    ended = true;
    const report = await origin.end();
    const { name, concurrency, connections } = variant;
    return { ...run, variant: name, block, seed, method, concurrency, connections, origin: report };
  } finally {
    if (!ended) await origin.end().catch(() => {});
  }
}

const isPath = (path: unknown): boolean => typeof path === "string" && path.startsWith("/");
