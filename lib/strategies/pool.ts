import { check, COUNT } from "../ground/options.ts";
import type { Strategy } from "../trial/strategy.ts";
import { type Bounded, bounded, nameOf } from "./library_strategy.ts";

/**
 * `n` slots, each of which takes the next path as soon as its last answer is here. This is greedy
 * list scheduling in input order.
 *
 * @param n Slots: a whole number from 1 up; Infinity is a slot for every path.
 * @throws RangeError or TypeError naming an `n` that is neither.
 */
export function pool(n: number): Strategy & Bounded {
  check("pool", "n", n, COUNT);
  return bounded("pool", n, async (paths, get) => {
    const names = new Array<unknown>(paths.length);
    let next = 0;
    const slot = async () => {
      while (next < paths.length) {
        const i = next++;
        try {
          names[i] = await get(paths[i], { take: nameOf });
        } catch (error) {
          next = paths.length; // no slot takes another path
          throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(n, paths.length) }, slot));
    return names;
  }, `pool(${n})`);
}
