/**
 * Options, checked in one place and in one wording. What comes in is loose (anything, wholly or
 * partly given); what goes out is total (every option there, each of its kind).
 *
 * A function that takes options says in a table what each must be, and with `or` what stands where
 * it is left out; an option without `or` has to be given:
 *
 * ```ts
 * const { blocks, seed, method, name } = resolve("experiment", options, {
 *   blocks: whole(2, 1_000_000).or(8),
 *   seed: SEED.or(1),
 *   method: oneOf("GET", "HEAD").or("GET"),
 *   name: TEXT.or(undefined), // may be left out, and then is undefined
 * });
 * ```
 *
 * A value that is no option but an argument is checked alone: `check("pool", "n", n, COUNT)`.
 * Both throw a RangeError for a value out of range and a TypeError for one of another type:
 * "experiment: blocks must be a whole number from 2 to 1,000,000, not 1". A name that is not in
 * the table: "experiment: repeats is not an option; the options are blocks, seed, method and name".
 * What no kind here says is a {@link Kind} of one's own: `new Kind<Origin>("what startOrigin
 * resolves to", isOrigin)`. What depends on two options is refused by {@link refuse}, once they
 * are resolved.
 */
import { list, plain } from "./words.ts";

/** What a value must be. */
export class Kind<T> {
  constructor(
    /** In words that go on from "must be". */
    readonly must: string,
    /** Whether a value has the type; if not, it is a TypeError. */
    readonly typed: (value: unknown) => boolean,
    /** Whether a value of the type is in range; if not, it is a RangeError. */
    readonly inRange: (value: never) => boolean = () => true,
    /** What each of its items must be, for a list. */
    readonly item?: Kind<unknown>,
    /** What stands for `undefined`; in a list of one, since it may be `undefined` itself. */
    readonly fallback: readonly T[] = [],
  ) {}

  /** The same, but it may be left out, and `value` stands for it. */
  or<const F>(value: F): Kind<T | F> {
    return new Kind<T | F>(this.must, this.typed, this.inRange, this.item, [value]);
  }

  /** The value, if it is of this kind. */
  check(of: string, name: string, value: unknown): T {
    if (value === undefined && this.fallback.length > 0) return this.fallback[0];
    if (!this.typed(value)) refuse(of, name, this.must, value, TypeError);
    if (!this.inRange(value as never)) refuse(of, name, this.must, value);
    const { item } = this;
    if (item) (value as unknown[]).forEach((each, i) => item.check(of, `${name}[${i}]`, each));
    return value as T;
  }
}

/**
 * Fills in what was left out of `given` and checks the rest, by the table.
 *
 * @param of whose options they are, as it is called: "experiment"
 * @throws {TypeError} for options that are not an object, an option that is not in the table, a
 * value of another type
 * @throws {RangeError} for a value out of range
 */
export function resolve<O, const S extends { readonly [K in keyof O]-?: Kind<unknown> }>(
  of: string,
  given: O,
  table: S,
): { readonly [K in keyof S]: S[K] extends Kind<infer T> ? T : never } {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    refuse(of, "options", "an object", given, TypeError);
  }
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(table, name));
  if (unknown !== undefined) {
    const options = list(Object.keys(table));
    throw new TypeError(`${of}: ${unknown} is not an option; the options are ${options}`);
  }
  const kinds = Object.entries<Kind<unknown>>(table);
  const resolved = kinds.map((
    [name, kind],
  ) => [name, kind.check(of, name, given[name as keyof O])]);
  return Object.fromEntries(resolved);
}

/** An argument that is of the kind, in the wording of options. */
export function check<T>(of: string, name: string, value: unknown, kind: Kind<T>): T {
  return kind.check(of, name, value);
}

/** Throws, in the one wording there is: "experiment: blocks must be …, not 1". */
export function refuse(
  of: string,
  name: string,
  must: string,
  value: unknown,
  Fault: ErrorConstructor = RangeError,
): never {
  throw new Fault(`${of}: ${name} must be ${must}, not ${inWords(value)}`);
}

/** A value as a sentence has room for it: one line, at most 100 characters. */
export function inWords(value: unknown): string {
  const text = Deno.inspect(value, { depth: 1, breakLength: Infinity, iterableLimit: 5 })
    .replace(/\s*\n\s*/g, " ");
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}

/**
 * A whole number from `from` to `to`: without `to`, as far as whole numbers are exact (2⁵³ − 1);
 * with Infinity, that as well. `unit`: "ms".
 */
export function whole(from: number, to?: number, unit?: string): Kind<number> {
  const end = to === undefined ? " up" : to === Infinity ? " up, or Infinity" : ` to ${plain(to)}`;
  const most = to ?? Number.MAX_SAFE_INTEGER;
  return numeric(
    `a whole number${of(unit)} from ${plain(from)}${end}`,
    (n) => n >= from && n <= most && (Number.isSafeInteger(n) || n === to),
  );
}

/** A finite number from `from` to `to`; without `to`, without an upper end. `unit`: "ms". */
export function number(from: number, to = Infinity, unit?: string): Kind<number> {
  const end = to === Infinity ? " up" : ` to ${plain(to)}`;
  return numeric(
    `a number${of(unit)} from ${plain(from)}${end}`,
    (n) => Number.isFinite(n) && n >= from && n <= to,
  );
}

/** A finite number above `from`, and up to `to` if that is given. `unit`: "ms". */
export function above(from: number, to = Infinity, unit?: string): Kind<number> {
  const end = to === Infinity ? "" : `, up to ${plain(to)}`;
  return numeric(
    `a number${of(unit)} above ${plain(from)}${end}`,
    (n) => Number.isFinite(n) && n > from && n <= to,
  );
}

const of = (unit?: string) => unit === undefined ? "" : ` of ${unit}`;
const numeric = (must: string, inRange: (n: number) => boolean) =>
  new Kind<number>(must, (value) => typeof value === "number", inRange);
const isText = (value: unknown) => typeof value === "string";

/** One of a few texts. */
export function oneOf<const T extends string>(...values: readonly T[]): Kind<T> {
  const quoted = values.map((value) => JSON.stringify(value));
  return new Kind<T>(list(quoted, "or"), isText, (value: T) => values.includes(value));
}

/** A list of at least `least` items, each of its kind. */
export function listOf<T>(item: Kind<T>, least = 1): Kind<readonly T[]> {
  const must = least === 0 ? "a list" : `a list of at least ${least === 1 ? "one" : least}`;
  return new Kind(must, Array.isArray, (items: unknown[]) => items.length >= least, item);
}

/** A function; of which type, TypeScript is told: `func<Progress>()`. */
export function func<F extends (...args: never[]) => unknown>(): Kind<F> {
  return new Kind<F>("a function", (value) => typeof value === "function");
}

/** Any text. */
export const STRING = new Kind<string>("text", isText);
/** A text that is not empty. */
export const TEXT = new Kind<string>("text that is not empty", isText, (s: string) => s !== "");
/** True or false. */
export const BOOLEAN = new Kind<boolean>("true or false", (value) => typeof value === "boolean");
/** Between 0 and 1, which are not meant: a margin, a confidence. */
export const FRACTION = numeric("a number between 0 and 1", (n) => n > 0 && n < 1);
/** How many, or Infinity for no bound. */
export const COUNT = whole(1, Infinity);
/** What draws come from. */
export const SEED = whole(0);
/** What calls work off. */
export const SIGNAL = new Kind<AbortSignal>(
  "an AbortSignal",
  (value) => value instanceof AbortSignal,
);
