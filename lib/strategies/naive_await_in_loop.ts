import type { Strategy } from "../trial/strategy.ts";
import { type Bounded, bounded, nameOf } from "./library_strategy.ts";

/** Ask, await the answer, ask again: the event loop is free meanwhile, and this loop is not. */
export const naiveAwaitInLoop: Strategy & Bounded = bounded(
  "naive-await-in-loop",
  1,
  async (paths, get) => {
    const names = [];
    for (const path of paths) names.push(nameOf(await get(path), path));
    return names;
  },
);
