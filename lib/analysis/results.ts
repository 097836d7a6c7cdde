import type { DataFrame } from "nodejs-polars";
import type { Measured } from "../trial/measured.ts";
import { sampleFrame, trialFrame } from "./frames.ts";
import { summaryFrame } from "./summary.ts";

/**
 * What an experiment measured, and the same as Polars frames, each made when it is first asked for.
 *
 * ```ts
 * results.samples.groupBy("variant").agg(pl.col("latency_ms").quantile(0.95));
 * ```
 */
export interface Results extends Measured {
  /** A row a request: {@link sampleFrame}. */
  readonly samples: DataFrame;
  /** A row a trial, the twin's too: {@link trialFrame}. */
  readonly trials: DataFrame;
  /** A row a variant, without the twin: {@link summaryFrame}. */
  readonly summary: DataFrame;
}

const FRAMES = { samples: sampleFrame, trials: trialFrame, summary: summaryFrame };

/** Adds the frames. They are not enumerable, so a copy by `{ ...results }` is without them. */
export function withFrames(measured: Measured): Results {
  const results = { ...measured };
  for (const [name, make] of Object.entries(FRAMES)) {
    let frame: DataFrame | null = null;
    Object.defineProperty(results, name, { get: () => frame ??= make(results) });
  }
  return results as Results;
}
