import { list } from "./words.ts";

/**
 * Refuses an option that nobody reads: a slip of the pen would otherwise be as good as the default.
 *
 * @param of whose options they are, as it is called
 * @throws {TypeError} naming the option and those there are, or what is no object
 */
export function checkKnown(of: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`${of}: options must be an object, not ${Deno.inspect(options)}`);
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`${of}: ${unknown} is not an option; the options are ${list(known)}`);
}
