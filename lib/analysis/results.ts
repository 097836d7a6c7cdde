import type { DataFrame } from "nodejs-polars";
import type { Measured } from "../trial/measured.ts";
import { sampleFrame, trialFrame, type Trials } from "./frames.ts";
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

/** A row a request, a row a trial, a row a variant. */
export type Frames = Pick<Results, "samples" | "trials" | "summary">;

const FRAMES = { samples: sampleFrame, trials: trialFrame, summary: summaryFrame };

/**
 * One trial, or several, as Polars frames, as an experiment's results have them:
 *
 * ```ts
 * frames([first, second]).summary.select("variant", "time_ms", "ideal_ms");
 * ```
 *
 * @throws {RangeError} where there is no trial
 */
export function frames(trials: Trials): Frames {
  const made = {};
  for (const [name, make] of Object.entries(FRAMES)) {
    let frame: DataFrame | null = null;
    Object.defineProperty(made, name, { get: () => frame ??= make(trials) });
  }
  return made as Frames;
}

/** Adds the frames. They are not enumerable, so a copy by `{ ...results }` is without them. */
export function withFrames(measured: Measured): Results {
  const results = { ...measured };
  const made = frames(results);
  return Object.defineProperties(results, Object.getOwnPropertyDescriptors(made)) as Results;
}
