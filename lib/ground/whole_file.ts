/** Files that a reader, or a crash, meets whole: as they were or as they are to be. */
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
    removeFile(partial);
    throw error;
  }
}

/** Removes what killed processes left half-written beside `path`. */
export function sweepPartials(path: string): void {
  const start = `.${basename(path)}.`;
  try {
    for (const { name } of Deno.readDirSync(dirname(path))) {
      if (!name.startsWith(start) || !name.endsWith(".partial")) continue;
      removeFile(join(dirname(path), name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function removeFile(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
