import type { Strategy } from "../trial/strategy.ts";
import { type Bounded, bounded, nameOf } from "./library_strategy.ts";

/** Ask for everything, then wait once. No promise waits with a document in it, see Get. */
export const concurrent: Strategy & Bounded = bounded(
  "concurrent",
  Infinity,
  (paths, get) => Promise.all(paths.map((path) => get(path, { take: nameOf }))),
);
