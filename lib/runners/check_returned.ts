/**
 * The list that a strategy returned, or what is wrong with it, in words that name the mistake.
 *
 * @throws {TypeError} where it is no list with a result for each path
 * @throws {Error} where requests are still in flight
 */
export function checkReturned(
  returned: unknown,
  paths: readonly string[],
  inFlight: number,
): readonly unknown[] {
  if (inFlight > 0) {
    const requests = inFlight === 1 ? "1 request" : `${inFlight} requests`;
    throw new Error(
      `the strategy returned with ${requests} still in flight: is an await missing?`,
    );
  }
  if (!Array.isArray(returned)) {
    const what = returned === null ? "null" : typeof returned;
    throw new TypeError(
      `the strategy returned ${what}: it is to return a list with a result for each path`,
    );
  }
  if (returned.length !== paths.length) {
    throw new TypeError(
      `the strategy returned ${returned.length} results for ${paths.length} paths: ` +
        "it is to return one for each, in input order",
    );
  }
  const promise = returned.findIndex(isPromise);
  if (promise !== -1) {
    throw new TypeError(`result ${promise} of the strategy is a Promise: is an await missing?`);
  }
  return returned;
}

/** Whether it would have to be awaited. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null)?.then === "function";
}
