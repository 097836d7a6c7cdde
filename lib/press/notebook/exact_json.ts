/** JSON that is written again as it was: numbers keep their digits, and Python's NaN its name. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** How a number was spelled where JavaScript would write it otherwise, by its object and key. */
const spellings = new WeakMap<object, Map<string, string>>();

/** Python's words for what JSON has none for, as numbers that stand for them while parsing. */
const STAND_INS: Readonly<Record<string, string>> = {
  NaN: "1e99991",
  Infinity: "1e99992",
  "-Infinity": "-1e99992",
};
const WORDS = new Map(Object.entries(STAND_INS).map(([word, number]) => [number, word]));

/**
 * Reads JSON. What Python writes as NaN or Infinity is null; `writeExact` writes it, and numbers
 * that have more digits or another form than JavaScript gives them, as they were.
 *
 * @throws {SyntaxError} for what is not JSON
 */
export function parseExact(text: string): Json {
  try {
    return JSON.parse(text, remember as Reviver);
  } catch (error) {
    // Only outside of strings.
    const standing = text.replace(
      /"(?:[^"\\]+|\\[^])*"|-?\bInfinity\b|\bNaN\b/g,
      (token) => STAND_INS[token] ?? token,
    );
    if (standing === text) throw error;
    return JSON.parse(standing, remember as Reviver);
  }
}

type Reviver = (this: object, key: string, value: Json) => Json;

function remember(this: object, key: string, value: Json, { source }: { source?: string }): Json {
  if (typeof value !== "number" || source === undefined || source === String(value)) return value;
  const word = WORDS.get(source);
  if (!spellings.has(this)) spellings.set(this, new Map());
  spellings.get(this)!.set(key, word ?? source);
  return word === undefined ? value : null;
}

/** What stands for `holder[key]` in JSON: as it was spelled, unless it has been replaced since. */
export function spelled(holder: object, key: string): string | undefined {
  const source = spellings.get(holder)?.get(key);
  const value = (holder as Record<string, Json>)[key];
  if (source === undefined) return undefined;
  return Object.is(value, source in STAND_INS ? null : Number(source)) ? source : undefined;
}

/**
 * `JSON.stringify` with sorted keys and an indent of one space; not built on it, because objects
 * sort number-like keys first.
 */
export function writeExact(value: Json, newline: string): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const inner = newline + " ";
  const member = (key: string) =>
    spelled(value, key) ?? writeExact((value as Record<string, Json>)[key], inner);
  const list = Array.isArray(value);
  const keys = Object.keys(value);
  const members = list ? keys.map(member) : keys
    .filter((key) => value[key] !== undefined).sort()
    .map((key) => `${JSON.stringify(key)}: ${member(key)}`);
  if (members.length === 0) return list ? "[]" : "{}";
  const inside = inner + members.join("," + inner) + newline;
  return list ? `[${inside}]` : `{${inside}}`;
}
