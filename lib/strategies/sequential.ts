import type { BlockingStrategy } from "../trial/strategy.ts";
import { type Bounded, bounded, nameOf } from "./library_strategy.ts";

/** Ask, wait with the thread itself until the answer is here, ask again. */
export const sequential: BlockingStrategy & Bounded = bounded("sequential", 1, (paths, get) => {
  const names = [];
  for (const path of paths) names.push(nameOf(get(path), path));
  return names;
});
