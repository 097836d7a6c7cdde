import type { Strategy } from "../trial/strategy.ts";

/** What a strategy of this floor says of itself. */
export interface Limited {
  /** How many requests it lets overlap; Infinity where nothing bounds it. */
  readonly concurrency: number;
}

/** Gives a strategy that no plan can name the overlap it allows and the name it is shown by. */
export function limited(name: string, concurrency: number, strategy: Strategy): Strategy & Limited {
  Object.defineProperty(strategy, "name", { value: name });
  return Object.assign(strategy, { concurrency });
}
