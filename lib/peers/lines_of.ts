import { fileURLToPath } from "node:url";
import type { Language } from "./implementations.ts";

/**
 * The lines of a function in our own Go or Python, without comments and lone brackets, and with
 * "loop" for its name: to count what changes from one program to the next.
 *
 * ```ts
 * const before = await peers.linesOf("go", "schedules.go", "sequential");
 * ```
 *
 * @param file in the language's folder, e.g. "with_aiohttp.py"
 * @throws {RangeError} where the file has no such function at its top level
 */
export async function linesOf(language: Language, file: string, name: string): Promise<string[]> {
  const url = new URL(`./${language}/${file}`, import.meta.url);
  const lines = (await Deno.readTextFile(fileURLToPath(url))).split(/\r?\n/);
  const start = lines.findIndex((line) => /^(async def|def|func) (\w+)/.exec(line)?.[2] === name);
  if (start < 0) throw new RangeError(`peers.linesOf: ${file} has no function "${name}"`);
  const after = lines.slice(start + 1);
  // It ends before the next line that is not indented.
  const end = after.findIndex((line) => /^\S/.test(line));
  const body = end < 0 ? after : after.slice(0, end);
  return [lines[start], ...body].map((line) => line.trim().replaceAll(name, "loop"))
    .filter((line) => /\w/.test(line) && !/^(\/\/|#|""")/.test(line));
}
