/** Editions in folders where people work in them: what somebody wrote is never written over. */
import { existsSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { notebooksFolder, projectFolder } from "../notebook/find_notebooks.ts";
import { writeNotebook } from "../notebook/keep_notebook.ts";
import { labOf, type Notebook, noteInLab } from "../notebook/notebook.ts";
import { findNotebook, readNotebook } from "../notebook/parse_notebook.ts";
import { digestText } from "../record/digest.ts";
import { type Origin, studentEdition, teacherEdition } from "./editions.ts";

/** Whom an edition is for. */
export type Edition = "student" | "teacher";

/** What became of a copy. */
export type CopyState = "copied" | "renewed" | "there" | "edited" | "beside";

/** The edition of the chapter in `file`, as it goes to `folder`. */
export function editionOf(file: string, which: Edition, folder: string): Notebook {
  const chapter = readNotebook(file, file);
  const within = !relative(projectFolder, folder).startsWith("..");
  const back = within ? relative(folder, notebooksFolder).replaceAll("\\", "/") + "/" : "";
  const of: Origin = { name: basename(file, ".ipynb"), back };
  const edition = which === "student"
    ? studentEdition(chapter, of)
    : teacherEdition(chapter, planFor(basename(file)), of);
  noteInLab(edition, { copied: sourcesHash(edition) });
  return edition;
}

/**
 * What the teacher's page, notebooks/TEACHING.md, says of the chapter `name`
 * ("01_catch_em_all.ipynb"): the section whose heading links to it, up to the next of that rank; ""
 * where there is none.
 */
export function planFor(name: string): string {
  const page = join(notebooksFolder, "TEACHING.md");
  if (!existsSync(page)) return "";
  const sections = Deno.readTextFileSync(page).split(/^(?=## )/m);
  return sections.find((section) => section.split("\n", 1)[0].includes(`](${name})`))?.trim() ?? "";
}

/**
 * Puts `edition` into `folder` as `name`, in place of an earlier one that nobody has edited. Where
 * somebody has, a chapter that changed since goes beside it: 01_catch_em_all_2.ipynb.
 */
export function placeCopy(
  edition: Notebook,
  name: string,
  folder: string,
): { path: string; state: CopyState } {
  for (const path of placesOf(name, folder)) {
    const state = stateAt(path, edition);
    if (state === "older" || state === "unreadable") continue;
    if (state === "copied" || state === "renewed") writeNotebook(path, edition);
    const beside = basename(path) !== name && state === "copied";
    return { path, state: beside ? "beside" : state };
  }
  throw new RangeError(`${folder}: no room for ${name}`);
}

/** Removes the copies of a chapter from `folder`, but for edited ones; says which it left. */
export function removeCopies(edition: Notebook, name: string, folder: string) {
  const removed: string[] = [], kept: string[] = [];
  for (const path of placesOf(name, folder)) {
    const state = stateAt(path, edition);
    if (state === "copied") break;
    const isEdited = state !== "there" && state !== "renewed";
    if (!isEdited) Deno.removeSync(path);
    (isEdited ? kept : removed).push(path);
  }
  return { removed, kept };
}

/** Where a copy may be: under the chapter's name, else beside it. */
function* placesOf(name: string, folder: string): Generator<string> {
  yield join(folder, name);
  for (let n = 2; n < 1000; n++) yield join(folder, name.replace(/\.ipynb$/, `_${n}.ipynb`));
}

function stateAt(path: string, edition: Notebook) {
  if (!existsSync(path)) return "copied";
  const there = findNotebook(path);
  if (there === undefined) return "unreadable";
  const now = sourcesHash(there), chapter = sourcesHash(edition), { copied } = labOf(there);
  if (now === chapter) return "there";
  if (now === copied) return "renewed";
  return copied === chapter ? "edited" : "older";
}

/** Changes when a cell is edited, moved, added or taken out; not when it is run. */
function sourcesHash({ cells }: Notebook): string {
  return digestText(JSON.stringify(cells.map(({ cell_type, source }) => [cell_type, source])));
}
