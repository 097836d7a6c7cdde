import type { ShowOptions } from "./words.ts";

/** One of the things that another is shown as. */
export interface Part {
  readonly value: unknown;
  readonly options: ShowOptions;
}

/** What has a method of this name is shown as its parts, one below the other. */
export const PARTS: unique symbol = Symbol("parts to show");
