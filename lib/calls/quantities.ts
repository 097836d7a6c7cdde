/** Times as files write them, in ms. */

/** What a number of time may be counted in. */
export const UNITS = ["ms", "s", "us", "ns"] as const;
export type Unit = typeof UNITS[number];

/** ms in one of it. */
const IN_MS: Readonly<Record<Unit, number>> = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 };

const NAMES: Readonly<Record<Unit, RegExp>> = {
  s: /^(s|secs?|seconds?)$/,
  ms: /^(ms|msecs?|millis|milliseconds?)$/,
  us: /^([uµμ]s|usecs?|micros|microseconds?)$/,
  ns: /^(ns|nanos|nanoseconds?)$/,
};

/** The unit that a word says, such as the end of a column's name. */
export function unitNamed(word: string): Unit | undefined {
  return UNITS.find((unit) => NAMES[unit].test(word.toLowerCase()));
}

/** A number, as it is or in text, "12.5" or "12,5"; NaN for what is not one. */
export function numberOf(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "string") return NaN;
  const text = value.trim();
  const plain = /^[-+]?\d+,\d+$/.test(text) ? text.replace(",", ".") : text;
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}

/** A duration, ms: a number in `unit`, or a text that names its own, "1.2s"; NaN for what is not one. */
export function durationOf(value: unknown, unit: Unit): number {
  const number = numberOf(value);
  return Number.isNaN(number) ? withUnit(value) : number * IN_MS[unit];
}

/** ms of a text that ends in a unit; NaN for any other. */
function withUnit(value: unknown): number {
  const [, number, word] = /^\s*([-+\d.,e]+)\s*([a-zµμ]+)\s*$/i.exec(String(value)) ?? [];
  const unit = word && unitNamed(word);
  return unit ? numberOf(number) * IN_MS[unit] : NaN;
}

/**
 * A moment, ms since some beginning: a date, ISO 8601, a number in `unit`; or where that is not known
 * an epoch time in s, ms, µs or ns, by its size, or else a number in `other`. NaN for what is not one.
 */
export function momentOf(value: unknown, unit: Unit | undefined, other: Unit): number {
  if (value instanceof Date) return value.getTime();
  const number = numberOf(value);
  if (Number.isNaN(number)) {
    const own = withUnit(value);
    return Number.isNaN(own) && typeof value === "string" ? dateOf(value) : own;
  }
  return number * IN_MS[unit ?? epochUnit(number, UNITS) ?? other];
}

/** The unit, of those that it may be, in which a number is a time since 1970: one from 2001 to 2286. */
function epochUnit(number: number, units: readonly Unit[]): Unit | undefined {
  return units.find((each) => number * IN_MS[each] >= 1e12 && number * IN_MS[each] < 1e13);
}

/** Whether a value, in that unit if one is known, is a moment, and not a duration. */
export const isMoment = (value: unknown, unit: Unit | undefined): boolean =>
  Number.isNaN(durationOf(value, "ms")) ||
  epochUnit(numberOf(value), unit === undefined ? UNITS : [unit]) !== undefined;

/**
 * A date, ms since the epoch: ISO 8601, or as others write it: "10/Oct/2000:13:55:36 -0700" in access
 * logs, "31.12.2026 10:00:00,5" where the day comes first. NaN for what is not one.
 */
export function dateOf(text: string): number {
  const plain = text.trim()
    .replace(/^(\d{1,2})\/([A-Z][a-z]{2})\/(\d{4}):/, "$1 $2 $3 ")
    .replace(/^(\d{1,2})\.(\d{1,2})\.(\d{4})/, "$2/$1/$3")
    .replace(/(:\d\d),(\d)/, "$1.$2");
  return Date.parse(plain);
}
