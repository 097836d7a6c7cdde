import type { Card } from "../page/page.ts";
import type { FrontMatter } from "../read/front_matter.ts";

/** What a post can be made for. */
export const TARGETS = ["html", "markdown", "hugo", "jekyll"] as const;
export type Target = (typeof TARGETS)[number];

/** What the index and the feed say of a post. */
export interface Entry extends Omit<FrontMatter, "formerly" | "others"> {
  /** Slugs that it had before; records of earlier versions do not say. */
  readonly former?: readonly string[];
  /** The picture beside the post; null for none. */
  readonly card: Card | null;
}

/** Hashes of what was written, by path below OUT. Two while a file is being replaced. */
export type Made = Record<string, readonly string[]>;

/** What publishing has made in a folder: the only files there that it may replace or remove. */
export interface Published {
  readonly version: 1;
  /** By the notebook's path, seen from the folder. */
  readonly posts: Record<string, { entry: Entry; files: Partial<Record<Target, Made>> }>;
  /** The index and the feed. */
  readonly site: Made;
}
