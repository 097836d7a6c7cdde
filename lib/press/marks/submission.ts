/** Notebooks that students handed in: whose they are, of which chapter, or what is wrong with them. */
import { basename, join } from "node:path";
import { attempt } from "../../ground/attempt.ts";
import { statementsIn } from "../notebook/names.ts";
import { codeCells, labOf, type Notebook, NotebookError } from "../notebook/notebook.ts";
import { readNotebook } from "../notebook/parse_notebook.ts";
import type { Assignment } from "./assignment.ts";

/** A notebook that was handed in. */
export type Submission = ReturnType<typeof submissionsIn>[number];

/** Larger files are not read, bytes: a chapter with all its outputs has at most a million. */
const LARGEST = 20e6;
/** What is handed in: notebooks, as browsers save them too, and what has to be unpacked first. */
const PACKED = /\.(zip|7z|rar|tar|t?gz)$/i;
const HANDED_IN = new RegExp(`\\.ipynb(\\.json|\\.txt)?$|${PACKED.source}`, "i");
/** How many folders deep a notebook may be. */
const DEEPEST = 4;

/**
 * The notebooks in `folder` and its folders, by student and file. A student is called as the folder is,
 * or where there are no folders as the file.
 */
export function submissionsIn(folder: string, assignments: readonly Assignment[]) {
  const files = notebooksIn(folder, []).sort((a, b) => a.join("/") < b.join("/") ? -1 : 1);
  const read = files.map((path) => ({ path, ...readOne(join(folder, ...path), assignments) }));
  const students = files.map(studentOf);
  return read.map(({ path, ...submission }, i) => {
    const again = read.some((other, j) =>
      j !== i && students[j] === students[i] && other.assignment === submission.assignment
    );
    return { student: again ? path.join("/") : students[i], ...submission };
  });
}

const studentOf = (path: readonly string[]) =>
  path.length > 1 ? path[0] : path[0].replace(HANDED_IN, "");

/**
 * Paths in parts, from the folder; what is hidden, and links, are left out. A folder that cannot be
 * looked into is in the list itself, and a student's that has none.
 */
function notebooksIn(folder: string, under: readonly string[]): string[][] {
  return [...Deno.readDirSync(join(folder, ...under))].flatMap(({ name, isDirectory, isFile }) => {
    const path = [...under, name];
    if (name.startsWith(".")) return [];
    if (!isDirectory) return isFile && HANDED_IN.test(name) ? [path] : [];
    if (path.length === DEEPEST) return [];
    const found = attempt(() => notebooksIn(folder, path)) ?? [path];
    return under.length + found.length === 0 ? [path] : found;
  });
}

/** The chapter of which a notebook has more than half of the exercises, however it came to be called. */
function likeliest(notebook: Notebook, assignments: readonly Assignment[]): Assignment | null {
  const declared = codeCells(notebook).flatMap(({ source }) => statementsIn(source))
    .flatMap(({ declares }) => declares);
  return assignments.find(({ exercises }) =>
    2 * exercises.filter(({ name }) => declared.includes(name)).length > exercises.length
  ) ?? null;
}

/**
 * The notebook with its chapter, by what its edition, its file or its cells say, `null` where none does;
 * why it cannot be marked, "" where it can.
 */
function readOne(file: string, assignments: readonly Assignment[]) {
  const named = assignments.find(({ chapter }) => basename(file).includes(chapter)) ?? null;
  const unread = (problem: string) => ({ assignment: named, notebook: null, problem });
  try {
    const { size, isDirectory } = Deno.statSync(file);
    if (isDirectory && attempt(() => Deno.readDirSync(file))) return unread("holds no notebook");
    if (PACKED.test(file)) return unread("is to be unpacked first");
    if (size > LARGEST) return unread(`has ${Math.round(size / 1e6)} MB, too much to be read`);
    const notebook = readNotebook(file, "it");
    const { chapter } = labOf(notebook);
    const assignment = assignments.find((one) => one.chapter === chapter) ?? named ??
      likeliest(notebook, assignments);
    const problem = assignment === null ? "is no chapter of this lab" : "";
    return { assignment, notebook, problem };
  } catch (error) {
    if (!(error instanceof NotebookError)) return unread("cannot be read");
    return unread(error.message.replace(/^it: /, "").split(/[(:]/)[0].trim());
  }
}
