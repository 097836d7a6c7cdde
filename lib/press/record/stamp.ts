/** What a notebook's outputs come from, as hashes: the same on every machine, whatever its clock. */
import { join, relative } from "node:path";
import type { Job } from "../run/job.ts";
import { type CodeCell, isRun, type Notebook, tagsOf } from "../notebook/notebook.ts";
import { digestTable, digestText } from "./digest.ts";
import { reachedFrom } from "./graph.ts";
import { lockedHash } from "./lockfile.ts";
import { type Project, projectOf, readProject } from "./project.ts";
import { cellReferences, type Reference } from "./references.ts";

export interface Parts {
  /** Of each code cell that runs, in order. Prose is not in here, nor how a cell is displayed. */
  readonly cells: readonly string[];
  /** Of the cell that sets parameters for this run; "" when none does. */
  readonly parameters: string;
  /** Files of the library that the cells reach, by path from the project's root. */
  readonly lib: Readonly<Record<string, string>>;
  /** Files in data/ that the cells or the library name. */
  readonly data: Readonly<Record<string, string>>;
  /** Packages that these import, each with all it depends on as the lockfile has it. */
  readonly packages: Readonly<Record<string, string>>;
}

export interface Stamp {
  /** Of all parts. */
  readonly hash: string;
  readonly parts: Parts;
}

/**
 * The stamp of `notebook`, with the parameters already in it, in `project`. Relative names in
 * its cells are taken from the folder `cwd`, as its kernel does.
 */
export function stampOf(notebook: Notebook, project: Project, cwd: string): Stamp {
  const cells = notebook.cells.filter(isRun);
  const injected = cells.filter(isInjected);
  const code = cells.map((cell) => cell.source).join("\n");
  const references = [...cellReferences(code), ...dataNames(code, project, cwd)];
  const { files, packages } = reachedFrom(project, references, cwd);
  const isData = (name: string) => name.startsWith("data/");
  return stampOfParts({
    cells: cells.filter((cell) => !isInjected(cell)).map(cellHash),
    parameters: injected.map((cell) => digestText(cell.source.trim())).join(" "),
    lib: pick(files, (name) => !isData(name)),
    data: pick(files, isData),
    packages: Object.fromEntries(
      packages.map((name) => [name, lockedHash(project.lockfile, name)]),
    ),
  });
}

/** The stamp of a notebook about to run. */
export function stampOfJob({ notebook, cwd }: Job): Stamp {
  return stampOf(notebook, readProject(projectOf(cwd)), cwd);
}

/** Parts with their hash. */
export function stampOfParts(parts: Parts): Stamp {
  const hash = digestTable({
    cells: parts.cells.join(" "),
    parameters: parts.parameters,
    lib: digestTable(parts.lib),
    data: digestTable(parts.data),
    packages: digestTable(parts.packages),
  });
  return { hash, parts };
}

/** Whether a run added this cell to set parameters. */
export function isInjected(cell: CodeCell): boolean {
  return tagsOf(cell).includes("injected-parameters");
}

/** A cell's source, and the one tag that changes what becomes of it. */
function cellHash(cell: CodeCell): string {
  const mayFail = tagsOf(cell).includes("raises-exception") ? "raises-exception\n" : "";
  return digestText(mayFail + cell.source.replaceAll("\r\n", "\n").trimEnd());
}

/** The data files that texts in the cells name, `"../data/x.csv"` or `"data/x.csv"`. */
function dataNames(code: string, project: Project, cwd: string): Reference[] {
  const texts = code.matchAll(/(["'`])(?:\.{0,2}\/)*data\/([^"'`\n$]+)\1/g);
  return [...texts].map(([, , name]) => {
    const path = relative(cwd, join(project.root, "data", name)).replaceAll("\\", "/");
    return { specifier: path.startsWith(".") ? path : `./${path}`, names: "all" };
  });
}

function pick(files: Readonly<Record<string, string>>, wanted: (name: string) => boolean) {
  const names = Object.keys(files).filter(wanted).sort();
  return Object.fromEntries(names.map((name) => [name, files[name]]));
}
