/** The reader's own copies of the chapters, in which answers do not stand before predictions. */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { writeNotebook } from "../notebook/keep_notebook.ts";
import { clearOutputs, type JsonObject, type Notebook, tagsOf } from "../notebook/notebook.ts";
import { readNotebook } from "../notebook/parse_notebook.ts";
import { digestText } from "../record/digest.ts";
import { kernelspec } from "./kernel_spec.ts";

/** What became of a chapter's copy. */
export type CopyState = "copied" | "renewed" | "there" | "edited" | "edited, of an older chapter";

/** A chapter's copy: no outputs, solutions and record, for the lab's kernel, a folder deeper. */
export function readersCopy(chapter: Notebook): Notebook {
  clearOutputs(chapter);
  for (const cell of chapter.cells) {
    if (cell.cell_type === "markdown") cell.source = oneFolderDeeper(cell.source);
    if (tagsOf(cell).includes("exercise")) cell.source = withStub(cell.source);
  }
  const { record: _, run: __, ...lab } = (chapter.metadata.lab ?? {}) as JsonObject;
  chapter.metadata.kernelspec = kernelspec;
  chapter.metadata.lab = { ...lab, copied: sourcesHash(chapter) };
  return chapter;
}

/** Makes or renews the copy of the notebook `file` in `folder`; an edited one is left alone. */
export function placeCopy(file: string, folder: string): CopyState {
  const copy = readersCopy(readNotebook(file, file));
  const path = join(folder, basename(file));
  const place = placeOf(path, copy);
  if (place === "copied" || place === "renewed") writeNotebook(path, copy);
  return place;
}

/** Removes the copy of `file` in `folder` unless it is edited; says whether one is left. */
export function removeCopy(file: string, folder: string): "removed" | "kept" | "none" {
  const path = join(folder, basename(file));
  const copy = readersCopy(readNotebook(file, file));
  const place = placeOf(path, copy);
  if (place === "copied") return "none";
  if (place.startsWith("edited")) return "kept";
  Deno.removeSync(path);
  return "removed";
}

function placeOf(path: string, copy: Notebook): CopyState {
  if (!existsSync(path)) return "copied";
  let there: Notebook;
  try {
    there = readNotebook(path, path);
  } catch {
    return "edited";
  }
  const now = sourcesHash(there), chapter = sourcesHash(copy);
  const copied = (there.metadata.lab as JsonObject | undefined)?.copied;
  if (now === chapter) return "there";
  if (now === copied) return "renewed";
  return copied === chapter ? "edited" : "edited, of an older chapter";
}

/** Changes when a cell is edited, moved, added or taken out; not when it is run. */
function sourcesHash({ cells }: Notebook): string {
  return digestText(JSON.stringify(cells.map(({ cell_type, source }) => [cell_type, source])));
}

/** Relative links that leave the chapters' folder leave the copies' folder by one more step. */
function oneFolderDeeper(markdown: string): string {
  return markdown.replace(/(\]\(|\b(?:src|href)=")(?=\.\.\/)/g, "$1../");
}

/** The stub in place of the solution, which stands between nbgrader's markers in the chapter. */
function withStub(code: string): string {
  return code.replace(/\/\/ BEGIN SOLUTION\n[^]*?\/\/ END SOLUTION\s*\/\/ STUB: /, "");
}
