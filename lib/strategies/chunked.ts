import { check, COUNT } from "../ground/options.ts";
import type { Strategy } from "../trial/strategy.ts";
import { type Bounded, bounded } from "./library_strategy.ts";
import { concurrent } from "./concurrent.ts";

/**
 * `n` paths at once, and the next `n` when the slowest of them is here: a barrier after each chunk.
 *
 * @param n Size of a chunk: a whole number from 1 up; Infinity is one chunk of everything.
 * @throws RangeError or TypeError naming an `n` that is neither.
 */
export function chunked(n: number): Strategy & Bounded {
  check("chunked", "n", n, COUNT);
  return bounded("chunked", n, async (paths, get) => {
    const chunks = [];
    for (let start = 0; start < paths.length; start += n) {
      chunks.push(await concurrent(paths.slice(start, start + n), get));
    }
    return chunks.flat();
  }, `chunked(${n})`);
}
