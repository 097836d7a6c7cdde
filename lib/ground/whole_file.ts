/** Files that a reader, or a crash, meets whole: as they were or as they are to be. */
import { existsSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Writes `content` to `path`, whose folders are made where there are none. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  placeWhole(path, (partial) => Deno.writeFileSync(partial, bytes));
}

/** Puts at `path` the file that `make` writes to the path it is given, in the same folder. */
export function placeWhole(path: string, make: (partial: string) => void): void {
  const partial = join(dirname(path), `.${basename(path)}.${Deno.pid}.partial`);
  Deno.mkdirSync(dirname(path), { recursive: true });
  try {
    make(partial);
    Deno.renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** Removes what killed processes left half-written beside `path`. */
export function sweepPartials(path: string): void {
  const folder = dirname(path), start = `.${basename(path)}.`;
  for (const { name } of existsSync(folder) ? Deno.readDirSync(folder) : []) {
    const left = name.startsWith(start) && name.endsWith(".partial");
    if (left) rmSync(join(folder, name), { force: true });
  }
}
