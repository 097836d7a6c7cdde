/** Executed notebooks on disk: whole or not at all, and never far behind what has run. */
import { basename, dirname, join } from "node:path";
import { formatNotebook, type Notebook } from "./notebook.ts";

/** Writes `notebook` to `path` so that a reader, or a crash, meets the old file or the new one. */
export function writeNotebook(path: string, notebook: Notebook): void {
  const folder = dirname(path);
  const partial = join(folder, `.${basename(path)}.${Deno.pid}.partial`);
  Deno.mkdirSync(folder, { recursive: true });
  try {
    Deno.writeTextFileSync(partial, formatNotebook(notebook));
    Deno.renameSync(partial, path);
  } catch (error) {
    removePartial(partial);
    throw error;
  }
}

/** Removes what killed runs left half-written beside `path`. */
export function sweepPartials(path: string): void {
  const start = `.${basename(path)}.`;
  try {
    for (const { name } of Deno.readDirSync(dirname(path))) {
      if (name.startsWith(start) && name.endsWith(".partial")) {
        removePartial(join(dirname(path), name));
      }
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/**
 * Writes again while a notebook runs, but spends at most a tenth of the time on it: a notebook of
 * large outputs would otherwise be written over and over.
 */
export function keeper(path: string, notebook: Notebook): { cellEnded(): void; runEnded(): void } {
  let notBefore = 0;
  const write = () => {
    const start = performance.now();
    writeNotebook(path, notebook);
    const end = performance.now();
    notBefore = end + 10 * (end - start);
  };
  return {
    cellEnded() {
      if (performance.now() >= notBefore) write();
    },
    runEnded: write,
  };
}

function removePartial(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
