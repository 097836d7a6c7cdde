import { check } from "../ground/options.ts";
import { expected } from "../ideal/expected.ts";
import { draw } from "../origin/draw.ts";
import type { OriginReport } from "../origin/origin.ts";
import { untilInterrupted } from "../show/kernel.ts";
import { watchPass } from "../show/passes.ts";
import type { Run, Trial } from "../trial/trial.ts";
import { resolveTrial, type TrialOptions, VARIANT } from "./trial_options.ts";
import type { Variant } from "./task.ts";

export type { TrialOptions } from "./trial_options.ts";

/**
 * One pass of one variant over the paths, seen from both sides: the origin begins to draw from the
 * seed, the variant runs, the origin reports.
 *
 * ```ts
 * const { makespan } = await trial(variant(strategies.pool(10), keptAlive), { origin, paths, seed: 1 });
 * ```
 *
 * Rejects with the RequestError of the first request that fails, which names it, or with the
 * signal's reason when aborted; nothing is in flight by then, and the origin's trial is ended too.
 * In a notebook of the lab's kernel, *Interrupt* ends it in the same way. Where it takes more than a
 * second, it shows how far it is, and how long it may still take.
 *
 * @throws {TypeError | RangeError} naming an option that is wrong, and its value
 */
export async function trial(variant: Variant, options: TrialOptions): Promise<Trial> {
  check("trial", "the first argument", variant, VARIANT);
  const resolved = resolveTrial(options);
  const { origin, paths, seed } = resolved;
  const least = () => expected(variant, paths, seed, origin.config);
  using watched = watchPass(variant.name, paths.length, least);
  const onSample: typeof resolved.onSample = (columns, row) => {
    if (columns.error[row] === "") watched.done();
    resolved.onSample(columns, row);
  };
  return await runTrial(variant, { ...resolved, onSample });
}

/** A trial that nobody looks on at: its options are resolved, and it does not say how far it is. */
export async function runTrial(
  variant: Variant,
  { origin, seed, block, signal, ...rest }: Required<TrialOptions>,
): Promise<Trial> {
  using until = untilInterrupted(signal);
  const task = { ...rest, signal: until.signal };
  task.signal.throwIfAborted();
  await origin.begin(seed);
  let run;
  try {
    run = await variant.run({ ...task, origin: origin.url });
  } catch (error) {
    // What went wrong first is what is told.
    await origin.end().catch(() => {});
    throw error;
  }
  const report = await origin.end();
  const { name, concurrency, connections } = variant;
  const { method } = task;
  const whole = fromOrigin(run, report);
  return { ...whole, variant: name, block, seed, method, concurrency, connections, origin: report };
}

/**
 * A run with what its client could not see taken from the origin: how many connections there were,
 * and, of answers that came without their headers, the service time that was drawn. It stands for
 * the one served, too; the origin's lateness is not in it.
 */
function fromOrigin(run: Run, { sockets, seed, config }: OriginReport): Run {
  const { samples, costs } = run;
  samples.drawn.forEach((drawn, row) => {
    if (!Number.isNaN(drawn) || samples.error[row] !== "") return;
    samples.drawn[row] = draw(seed, samples.path[row], samples.k[row], config);
    samples.served[row] = samples.drawn[row];
  });
  return Number.isNaN(costs.sockets) ? { ...run, costs: { ...costs, sockets } } : run;
}
