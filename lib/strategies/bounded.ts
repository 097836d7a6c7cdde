import type { Schedule } from "../trial/plan.ts";

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
