import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { ToldError } from "../../../ground/told_error.ts";
import { writeWhole } from "../../../ground/whole_file.ts";
import { type Json, writeExact } from "../../notebook/exact_json.ts";
import type { Card } from "../page/page.ts";
import type { FrontMatter } from "../read/front_matter.ts";

/** Files by their path below OUT, with slashes. */
export type Files = Map<string, string | Uint8Array>;

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

/** A file in the way that publishing did not make, or that somebody has changed since. */
export class ClashError extends ToldError {
  override readonly name = "ClashError";
  readonly exitCode = 1;
}

/** The record's file, in OUT. */
const RECORD = ".published.json";

/** What has been published in `out`; an Error for a record that is not one: overwriting may do harm. */
export function readPublished(out: string): Published {
  const path = join(out, RECORD);
  if (hashAt(out, RECORD) === null) return { version: 1, posts: {}, site: {} };
  try {
    const record = JSON.parse(Deno.readTextFileSync(path)) as Published;
    // A path that leads out of the folder was not written here.
    const within = (path: string) => /^[^/]/.test(path) && !/(^|\/)\.\.(\/|$)|[\\:]/.test(path);
    if (record.version === 1 && Object.keys(madeFiles(record)).every(within)) return record;
  } catch { /* said below */ }
  throw new Error(`${path}: is not a record of what was published; restore it or remove it`);
}

/**
 * Brings `out` from the record `before` to `after`: writes `files`, removes what is no longer in
 * the record. Each file is whole or not there, and the record is never behind the files, so that a
 * run cut off anywhere is made good by the next. What it did is given by paths below OUT.
 *
 * @throws {ClashError} before anything is touched, when a file is in the way that is not in
 *   `before` or is not as it was written.
 */
export function writeSite(out: string, files: Files, before: Published, after: Published) {
  const known = madeFiles(before), wanted = madeFiles(after);
  const there = new Map(
    [...files.keys(), ...Object.keys(known)].map((path) => [path, hashAt(out, path)]),
  );
  const isOurs = (path: string) => known[path]?.includes(there.get(path) ?? "") ?? false;
  for (const path of files.keys()) {
    if (there.get(path) === null || isOurs(path)) continue;
    throw new ClashError(
      path in known
        ? `${join(out, path)} has been changed since it was published: move it away or remove it`
        : `${join(out, path)} is in the way, and publish did not make it: move it or choose --out`,
    );
  }
  const changed = [...files].filter(([path, bytes]) => there.get(path) !== hashOf(bytes));
  const stale = Object.keys(known).filter((path) => !(path in wanted) && isOurs(path));
  if (changed.length > 0 || stale.length > 0) {
    // On the way, a file is known by what it was and by what it is about to be.
    writeRecord(out, { ...before, site: madeFiles(before, after) });
  }
  for (const [path, bytes] of changed) writeWhole(join(out, path), bytes);
  for (const path of stale) remove(out, path);
  writeRecord(out, after);
  const written = changed.map(([path]) => path);
  return { written, unchanged: files.size - written.length, removed: stale };
}

/** All that records list, with every hash that they know a file by. */
function madeFiles(...records: Published[]): Made {
  const all: Record<string, readonly string[]> = {};
  const made = records.flatMap((
    { site, posts },
  ) => [site, ...Object.values(posts).flatMap(({ files }) => Object.values(files))]);
  for (const [path, hashes] of made.flatMap(Object.entries<readonly string[]>)) {
    all[path] = [...all[path] ?? [], ...hashes];
  }
  return all;
}

/** The hash by which a file is known again. */
export function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}

/** The hash of the file at `path` below `out`: null for nothing, "" where something else, or a link, is. */
function hashAt(out: string, path: string): string | null {
  const parts = path.split("/");
  for (let i = 1; i <= parts.length; i++) {
    const info = lstatSync(join(out, ...parts.slice(0, i)), { throwIfNoEntry: false });
    if (info === undefined) return null;
    if (i < parts.length ? !info.isDirectory() : !info.isFile()) return "";
  }
  return hashOf(Deno.readFileSync(join(out, path)));
}

/** Writes the record, the same for the same publication. */
function writeRecord(out: string, record: Published): void {
  const text = writeExact(record as unknown as Json, "\n") + "\n";
  if (hashAt(out, RECORD) !== hashOf(text)) writeWhole(join(out, RECORD), text);
}

/** Removes a file, and the folders that are empty without it. */
function remove(out: string, path: string): void {
  Deno.removeSync(join(out, path));
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    try {
      Deno.removeSync(join(out, folder));
    } catch {
      return; // not empty
    }
  }
}
