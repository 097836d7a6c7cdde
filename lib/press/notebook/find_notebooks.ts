/** From what was typed to the notebook files that are meant. */
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { infoOf } from "../../ground/file_info.ts";
import { NotebookError } from "./notebook.ts";

/** The folder of deno.json, whatever folder the command was called from. */
export const projectFolder = resolve(fileURLToPath(new URL("../../..", import.meta.url)));
/** The folder of the chapters. */
export const notebooksFolder = join(projectFolder, "notebooks");

/** The folder the user stands in: `deno task` moves to the project's and says where it came from. */
export function callersFolder(): string {
  const from = Deno.env.get("INIT_CWD");
  return from !== undefined && Deno.cwd() === projectFolder && infoOf(from)?.isDirectory
    ? from
    : Deno.cwd();
}

/**
 * The files that `names` mean: a number (1 or 01), a name with or without its number, or a path.
 * No names mean every notebook directly in notebooks/, sorted. A NotebookError when there is none.
 */
export function findNotebooks(names: readonly string[]): string[] {
  const chapters = chapterFiles();
  if (names.length === 0) {
    if (chapters.length === 0) throw new NotebookError(notebooksFolder, "holds no notebook");
    return chapters;
  }
  const files = names.map((name) => findOne(name, chapters));
  for (const [i, file] of files.entries()) {
    const first = files.findIndex((other) => basename(other) === basename(file));
    if (first < i) {
      const problem = files[first] === file ? "is named twice" : `has the name of ${files[first]}`;
      throw new NotebookError(file, `${problem}, and one would overwrite the other`);
    }
  }
  return files;
}

/** The file of one of these names that is found first from `folder` upwards, undefined for none. */
export function configOf(
  folder: string,
  names: readonly string[] = ["deno.json", "deno.jsonc"],
): string | undefined {
  for (let at = folder;; at = dirname(at)) {
    const config = names.map((name) => join(at, name)).find((path) => infoOf(path)?.isFile);
    if (config !== undefined || at === dirname(at)) return config;
  }
}

/** The path that was typed, from the folder the user stands in; without one, `byDefault` of the project. */
export function pathOf(typed: string | undefined, ...byDefault: readonly string[]): string {
  return typed !== undefined ? resolve(callersFolder(), typed) : join(projectFolder, ...byDefault);
}

/** A path as messages show it: from the folder the user stands in, when that is shorter. */
export function shownPath(path: string): string {
  const short = relative(callersFolder(), path);
  return short.length < path.length && !short.startsWith("..") ? short : path;
}

function chapterFiles(): string[] {
  if (!infoOf(notebooksFolder)?.isDirectory) return [];
  return [...Deno.readDirSync(notebooksFolder)]
    .filter((entry) => !entry.isDirectory && /^[^.].*\.ipynb$/.test(entry.name))
    .map((entry) => join(notebooksFolder, entry.name))
    .sort();
}

function findOne(name: string, chapters: readonly string[]): string {
  const path = resolve(callersFolder(), name);
  const info = infoOf(path);
  if (info?.isFile) return path;
  const stem = name.replace(/\.ipynb$/, "");
  const named = chapters.filter((file) => {
    const [, number, title] = basename(file, ".ipynb").match(/^(?:(\d+)[_-])?(.*)$/)!;
    const same = /^\d+$/.test(stem) && number !== undefined && Number(number) === Number(stem);
    return same || stem === title || stem === basename(file, ".ipynb");
  });
  if (named.length === 1) return named[0];
  if (named.length > 1) {
    throw new NotebookError(name, `means more than one: ${named.map(shownPath).join(", ")}`);
  }
  if (info?.isDirectory) throw new NotebookError(name, "is a folder: name the notebooks in it");
  const known = chapters.map((file) => basename(file, ".ipynb")).join(", ");
  throw new NotebookError(name, `no such notebook. There are: ${known || "none in notebooks/"}`);
}
