import { join } from "node:path";
import { writeWhole } from "../../../ground/whole_file.ts";
import { ClashError, hashOf, look, remove } from "./disk.ts";
import type { Files } from "./publication_files.ts";
import {
  formatRecord,
  madeFiles,
  NOTHING,
  parseRecord,
  type Published,
  RECORD,
} from "./published.ts";

export interface Shelved {
  readonly written: readonly string[];
  readonly unchanged: number;
  readonly removed: readonly string[];
}

/** What has been published in `out`; nothing where no record is. */
export function readPublished(out: string): Published {
  const path = join(out, RECORD);
  try {
    return parseRecord(Deno.readTextFileSync(path), path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return NOTHING;
    throw error;
  }
}

/**
 * Brings `out` from the record `before` to `after`: writes `files`, removes what is no longer in
 * the record. Each file is whole or not there, and the record is never behind the files, so that a
 * run cut off anywhere is made good by the next.
 *
 * @throws {ClashError} before anything is touched, when a file is in the way that is not in
 *   `before` or is not as it was written.
 */
export function shelve(out: string, files: Files, before: Published, after: Published): Shelved {
  const known = madeFiles(before), wanted = madeFiles(after);
  const found = new Map<string, string | null>();
  for (const path of new Set([...files.keys(), ...known.keys()])) {
    if (files.has(path) || !wanted.has(path)) found.set(path, look(out, path));
  }
  for (const path of files.keys()) {
    const there = found.get(path)!;
    if (there === null || known.get(path)?.includes(there)) continue;
    throw new ClashError(
      known.has(path)
        ? `${join(out, path)} has been changed since it was published: move it away or remove it`
        : `${join(out, path)} is in the way, and publish did not make it: move it or choose --out`,
    );
  }
  const changed = [...files].filter(([path, bytes]) => found.get(path) !== hashOf(bytes));
  const stale = [...known].filter(([path, hashes]) =>
    !wanted.has(path) && hashes.includes(found.get(path) ?? "")
  ).map(([path]) => path);
  if (changed.length > 0 || stale.length > 0) writeRecord(out, both(before, after));
  for (const [path, bytes] of changed) writeWhole(join(out, path), bytes);
  for (const path of stale) remove(out, path);
  writeRecord(out, after);
  const written = changed.map(([path]) => path);
  return { written, unchanged: files.size - written.length, removed: stale };
}

/** A record that knows a file by what it was and by what it is about to be. */
function both(before: Published, after: Published): Published {
  const site: Record<string, readonly string[]> = {};
  for (const [path, hashes] of [...madeFiles(before), ...madeFiles(after)]) {
    site[path] = [...site[path] ?? [], ...hashes];
  }
  return { ...before, site };
}

function writeRecord(out: string, record: Published): void {
  const bytes = new TextEncoder().encode(formatRecord(record));
  if (look(out, RECORD) === hashOf(bytes)) return;
  writeWhole(join(out, RECORD), bytes);
}
