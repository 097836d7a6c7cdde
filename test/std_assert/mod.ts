/**
 * Stands in for jsr:@std/assert where JSR cannot be reached: the names the tests use, with the
 * same semantics, over node:assert. test/std_assert/contract_test.ts pins it, and passes on the
 * real package as well.
 */
import node from "node:assert";
import { inspect } from "node:util";

/** What a failed assertion throws. */
export class AssertionError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

// deno-lint-ignore no-explicit-any
type Constructor<T = unknown> = abstract new (...args: any[]) => T;

const show = (value: unknown) => inspect(value, { depth: 6, breakLength: 100 });

function check(holds: boolean, text: string, message?: string): asserts holds {
  if (!holds) throw new AssertionError(message ? `${text}: ${message}` : text);
}

function holds(assertion: () => void): boolean {
  try {
    assertion();
    return true;
  } catch (error) {
    if (error instanceof node.AssertionError) return false;
    throw error;
  }
}

export function assert(expression: unknown, message = ""): asserts expression {
  if (!expression) throw new AssertionError(message);
}

export function assertFalse(expression: unknown, message = ""): void {
  if (expression) throw new AssertionError(message);
}

export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  const text = `Values are not equal.\n  actual: ${show(actual)}\nexpected: ${show(expected)}`;
  check(equal(actual, expected), text, message);
}

export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  check(!equal(actual, expected), `Expected actual: ${show(actual)} not to be equal`, message);
}

export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  message?: string,
): asserts actual is T {
  const text = `Values are not strictly equal: ${show(actual)}, ${show(expected)}`;
  check(Object.is(actual, expected), text, message);
}

export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  message?: string,
): void {
  if (Object.is(actual, expected)) return;
  const delta = Math.abs(expected - actual);
  // As the real one: a relative tolerance of 1e-7, unless the expected value is not finite.
  const allowed = tolerance ?? (isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  const text = `Expected actual: ${actual} to be close to expected: ${expected} (± ${allowed})`;
  check(delta <= allowed, text, message);
}

export function assertExists<T>(
  actual: T,
  message?: string,
): asserts actual is NonNullable<T> {
  const text = `Expected actual: "${actual}" to not be null or undefined`;
  check(actual !== undefined && actual !== null, text, message);
}

export function assertGreater<T>(actual: T, expected: T, message?: string): void {
  check(actual > expected, `Expect ${show(actual)} > ${show(expected)}`, message);
}

export function assertGreaterOrEqual<T>(actual: T, expected: T, message?: string): void {
  check(actual >= expected, `Expect ${show(actual)} >= ${show(expected)}`, message);
}

export function assertLess<T>(actual: T, expected: T, message?: string): void {
  check(actual < expected, `Expect ${show(actual)} < ${show(expected)}`, message);
}

export function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void {
  check(actual <= expected, `Expect ${show(actual)} <= ${show(expected)}`, message);
}

export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  check(expected.test(actual), `Expected actual: "${actual}" to match: "${expected}"`, message);
}

export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  const text = `Expected actual: "${actual}" to contain: "${expected}"`;
  check(actual.includes(expected), text, message);
}

export function assertArrayIncludes<T>(
  actual: ArrayLike<T>,
  expected: ArrayLike<T>,
  message?: string,
): void {
  const present = Array.from(actual);
  const missing = Array.from(expected).filter((e) => !present.some((p) => equal(p, e)));
  const text = `Expected actual: ${show(actual)} to include ${show(expected)}; missing: `;
  check(missing.length === 0, text + show(missing), message);
}

export function assertInstanceOf<T>(
  actual: unknown,
  expected: Constructor<T>,
  message?: string,
): asserts actual is T {
  const text = `Expected object to be an instance of "${expected.name}" but was ${show(actual)}`;
  check(actual instanceof expected, text, message);
}

export function assertObjectMatch(
  actual: Record<PropertyKey, unknown>,
  expected: Record<PropertyKey, unknown>,
  message?: string,
): void {
  const text = `Expected ${show(actual)} to match ${show(expected)}`;
  check(matches(actual, expected), text, message);
}

export function assertIsError<E extends Error = Error>(
  error: unknown,
  errorClass?: Constructor<E>,
  matcher?: string | RegExp,
  message?: string,
): asserts error is E {
  check(error instanceof Error, `Expected "error" to be an Error object: ${show(error)}`, message);
  if (errorClass) {
    const text = `Expected error to be instance of "${errorClass.name}", but was "${error.name}"`;
    check(error instanceof errorClass, text, message);
  }
  if (matcher === undefined) return;
  const found = typeof matcher === "string"
    ? error.message.includes(matcher)
    : matcher.test(error.message);
  check(found, `Expected error message to include ${show(matcher)}: "${error.message}"`, message);
}

export function assertThrows<E extends Error = Error>(
  subject: () => unknown,
  errorClass?: Constructor<E> | string,
  matcher?: string,
  message?: string,
): E {
  let thrown: unknown;
  try {
    subject();
  } catch (error) {
    thrown = error;
    return caught<E>(thrown, errorClass, matcher, message);
  }
  throw new AssertionError(text(`Expected function to throw`, message));
}

export async function assertRejects<E extends Error = Error>(
  subject: () => PromiseLike<unknown>,
  errorClass?: Constructor<E> | string,
  matcher?: string,
  message?: string,
): Promise<E> {
  let promise: PromiseLike<unknown>;
  try {
    promise = subject();
  } catch {
    throw new AssertionError(text("Function throws when expected to reject", message));
  }
  try {
    await promise;
  } catch (error) {
    return caught<E>(error, errorClass, matcher, message);
  }
  throw new AssertionError(text("Expected function to reject", message));
}

export function fail(message?: string): never {
  throw new AssertionError(text("Failed assertion", message));
}

export function unreachable(reason?: string): never {
  throw new AssertionError(text("Unreachable", reason));
}

function caught<E extends Error>(
  error: unknown,
  errorClass: Constructor<E> | string | undefined,
  matcher: string | undefined,
  message: string | undefined,
): E {
  // The real one takes (subject, message) as well.
  if (typeof errorClass === "function") assertIsError(error, errorClass, matcher, message);
  return error as E;
}

const text = (sentence: string, message?: string) =>
  message ? `${sentence}: ${message}` : `${sentence}.`;

function equal(a: unknown, b: unknown): boolean {
  return holds(() => node.deepStrictEqual(a, b));
}

function matches(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null || expected instanceof RegExp) {
    return equal(actual, expected);
  }
  if (typeof actual !== "object" || actual === null) return false;
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && expected.every((e, i) => matches(actual[i], e));
  }
  return Reflect.ownKeys(expected).every((key) =>
    Reflect.has(actual, key) &&
    matches(
      (actual as Record<PropertyKey, unknown>)[key],
      (expected as Record<PropertyKey, unknown>)[key],
    )
  );
}
