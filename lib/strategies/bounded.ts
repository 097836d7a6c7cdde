/** What a library strategy says of itself besides its schedule. */
export interface Bounded {
  /** How many requests it lets overlap; Infinity where nothing bounds it. */
  readonly concurrency: number;
}

/** Gives a schedule the name it is shown by and the overlap it allows. */
export function bounded<S extends (...args: never[]) => unknown>(
  name: string,
  concurrency: number,
  schedule: S,
): S & Bounded {
  Object.defineProperty(schedule, "name", { value: name });
  return Object.assign(schedule, { concurrency });
}
