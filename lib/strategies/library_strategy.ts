import type { Schedule } from "../trial/plan.ts";
import type { Document } from "../trial/strategy.ts";

/** What a library strategy says of itself. */
export interface Bounded {
  /** By which a plan names it. */
  readonly schedule: Schedule;
  /** How many requests it lets overlap; Infinity where nothing bounds it. */
  readonly concurrency: number;
}

/** Gives a strategy its schedule, the overlap it allows and the name it is shown by. */
export function bounded<S extends (...args: never[]) => unknown>(
  schedule: Schedule,
  concurrency: number,
  strategy: S,
  name: string = schedule,
): S & Bounded {
  Object.defineProperty(strategy, "name", { value: name });
  return Object.assign(strategy, { schedule, concurrency });
}

/**
 * What the library's strategies keep of a document: its `name`, and of one without (the answer to
 * a HEAD, an API of your own) the path it was asked by. The document itself is let go, so that a
 * hundred thousand of them are never held at once.
 */
export function nameOf(document: Document, path: string): unknown {
  return document?.name ?? path;
}
