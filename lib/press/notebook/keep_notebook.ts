/** Executed notebooks on disk: whole or not at all, and never far behind what has run. */
import { writeWhole } from "../../ground/whole_file.ts";
import { formatNotebook, type Notebook } from "./notebook.ts";

/** Writes `notebook` to `path` so that a reader, or a crash, meets the old file or the new one. */
export function writeNotebook(path: string, notebook: Notebook): void {
  writeWhole(path, formatNotebook(notebook));
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
