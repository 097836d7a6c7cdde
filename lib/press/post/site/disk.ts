/** Files below a folder: looked at without following links. */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";

/** A file in the way that publishing did not make, or that somebody has changed since. */
export class ClashError extends Error {
  override readonly name = "ClashError";
}

/** The hash by which a file is known again. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}

/**
 * The hash of what is at `path` below `out`: null for nothing, "" for what is no plain file.
 * @throws {ClashError} where a folder would have to be and something else is.
 */
export function look(out: string, path: string): string | null {
  const parts = path.split("/");
  for (let i = 1; i <= parts.length; i++) {
    const info = infoOf(join(out, ...parts.slice(0, i)));
    if (info === null) return null;
    if (i < parts.length && !info.isDirectory) {
      throw new ClashError(`${join(out, ...parts.slice(0, i))} is in the way: it is no folder`);
    }
    if (i === parts.length && !info.isFile) return "";
  }
  return hashOf(Deno.readFileSync(join(out, path)));
}

function infoOf(path: string): Deno.FileInfo | null {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Removes a file, and the folders that are empty without it. */
export function remove(out: string, path: string): void {
  Deno.removeSync(join(out, path));
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    if ([...Deno.readDirSync(join(out, folder))].length > 0) return;
    Deno.removeSync(join(out, folder));
  }
}
