import type { Target } from "./targets.ts";

/** What the index and the feed say of a post. */
export interface Entry {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly date: string;
  readonly tags: readonly string[];
  readonly author: string;
  readonly draft: boolean;
  readonly lang: string;
  /** The picture beside the post and its size in pixels; null for none. */
  readonly card: { readonly file: string; readonly width: number; readonly height: number } | null;
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

/** The record's file, in OUT. */
export const RECORD = ".published.json";
export const NOTHING: Published = { version: 1, posts: {}, site: {} };

/** Reads a record; an Error for one that cannot be understood, as overwriting might then do harm. */
export function parseRecord(text: string, path: string): Published {
  try {
    const record = JSON.parse(text) as Published;
    // A path that leads out of the folder was not written here.
    const within = (path: string) => /^[^/]/.test(path) && !/(^|\/)\.\.(\/|$)|[\\:]/.test(path);
    if (record.version === 1 && [...madeFiles(record).keys()].every(within)) return record;
  } catch { /* said below */ }
  throw new Error(`${path}: is no record of what was published; restore it or remove it`);
}

/** The record as it is written: the same for the same publication. */
export function formatRecord(record: Published): string {
  const sorted = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1))
      : value;
  return JSON.stringify(record, sorted, 1) + "\n";
}

/** All that a record lists, with every hash that it knows a file by. */
export function madeFiles({ posts, site }: Published): Map<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const made of [site, ...Object.values(posts).flatMap(({ files }) => Object.values(files))]) {
    for (const [path, hashes] of Object.entries(made)) {
      all.set(path, [...new Set([...all.get(path) ?? [], ...hashes])]);
    }
  }
  return all;
}
