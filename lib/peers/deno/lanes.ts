import { BOOLEAN, check, oneOf, resolve, TEXT, whole } from "../../ground/options.ts";
import type { Task, Variant } from "../../runners/task.ts";
import type { Connections } from "../../trial/plan.ts";
import { type Lanes, runInDeno } from "./run_in_deno.ts";

/** What `workers` and `processes` may be told. */
export interface LaneOptions {
  /** By default the kind, the number and the connections, e.g. "workers(5)/kept". */
  readonly name?: string;
  /** Whether a lane keeps its connection or opens one for each request; "kept" by default. */
  readonly connections?: Connections;
  /**
   * Whether starting the lanes is part of the makespan, as where a program makes its pool anew for
   * each batch; false by default: then it is shown apart, as the trial's `startUp`.
   */
  readonly startInside?: boolean;
}

/**
 * n threads (Web Workers) that take from one queue of paths, each the next as soon as its last
 * answer is here, with a connection of its own: a pool of threads with blocking calls.
 *
 * They live in a process of their own, which is plain Deno: a notebook's kernel takes a second to
 * start a worker, where Deno itself takes some ms. They are started before the clock, unless
 * `startInside`, and are gone after the trial, and when this process dies. CPU and peak memory are
 * of the process that holds them.
 *
 * ```ts
 * const { makespan } = await trial(workers(5), { origin, paths, seed: 1 });
 * ```
 *
 * Its run rejects with a RequestError that names request and lane, or with an Error that names the
 * lane that crashed, or the process where that is killed.
 *
 * @throws {TypeError | RangeError} naming n or an option that is wrong, and its value
 */
export function workers(n: number, options: LaneOptions = {}): Variant {
  return laneVariant("workers", "threads", n, options);
}

/**
 * n processes of Deno that take from one queue of paths, each handed the next as soon as its last
 * answer is here, with a connection of its own: a pool of processes with blocking calls.
 *
 * Another process hands out the paths and has no part in what is measured. They are started before
 * the clock, unless `startInside`, and are gone after the trial, and when this process dies. CPU and
 * peak memory are the sum over them; pages that they share count in each.
 *
 * ```ts
 * const { makespan } = await trial(processes(5), { origin, paths, seed: 1 });
 * ```
 *
 * Its run rejects as that of {@link workers} does.
 *
 * @throws {TypeError | RangeError} naming n or an option that is wrong, and its value
 */
export function processes(n: number, options: LaneOptions = {}): Variant {
  return laneVariant("processes", "processes", n, options);
}

function laneVariant(
  word: string,
  kind: Lanes["kind"],
  n: number,
  options: LaneOptions,
): Variant {
  check(word, "n", n, whole(1));
  const { connections, startInside, ...named } = resolve(word, options, {
    name: TEXT.or(undefined),
    connections: oneOf("new", "kept").or("kept"),
    startInside: BOOLEAN.or(false),
  });
  const { name = `${word}(${n})/${connections}${startInside ? ", started inside" : ""}` } = named;
  const lanes = { kind, name, startInside };
  const shape = { schedule: "pool" as const, concurrency: n, connections, lanes };
  const run = (task: Task) => runInDeno(name, shape, task);
  return { name, connections, concurrency: n, run };
}
