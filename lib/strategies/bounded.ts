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

/**
 * Checks a bound such as the `n` of `pool(n)`: a whole number from 1 up, or Infinity for no bound.
 * It may exceed the number of paths.
 *
 * @throws TypeError when it is not a number, RangeError when it is one that cannot be a bound.
 */
export function checkBound(option: string, n: unknown): number {
  if (typeof n !== "number") {
    throw new TypeError(`${option} must be a number, not ${typeof n}: ${Deno.inspect(n)}`);
  }
  if (n !== Infinity && (!Number.isInteger(n) || n < 1)) {
    throw new RangeError(`${option} must be a whole number from 1 up, or Infinity: ${n}`);
  }
  return n;
}
