/** What a notebook's outputs come from, as hashes: the same on every machine, whatever its clock. */
import { dirname, isAbsolute, join, relative } from "node:path";
import { CellModules } from "../cells/cell_modules.ts";
import { configOf } from "../notebook/find_notebooks.ts";
import { type CodeCell, isInjected, isRun, type Notebook, tagsOf } from "../notebook/notebook.ts";
import { digestFile, digestTable, digestText } from "./digest.ts";
import { reachedFrom } from "./reached.ts";
import { unnotedIn } from "./unnoted.ts";

/** A name → the hash of its contents. */
export type Hashes = Readonly<Record<string, string>>;

export interface Parts {
  /** Of each code cell that runs, in order. Prose is not in here, nor how a cell is displayed. */
  readonly cells: readonly string[];
  /** Of the cell that sets parameters for this run; "" when none does. */
  readonly parameters: string;
  /** Files of the library that the cells reach, by path from the project's root. */
  readonly lib: Hashes;
  /** Files in data/ that the library names, and whatever else of the project was read. */
  readonly data: Hashes;
  /** Packages that these import, each with all it depends on. */
  readonly packages: Hashes;
}

export interface Stamp extends Parts {
  /** Of all parts. */
  readonly hash: string;
}

/** All that is known of where outputs come from. */
export type Provenance = Readonly<Awaited<ReturnType<typeof provenanceOf>>>;

/** The root of the project that a notebook whose kernel runs in `cwd` belongs to. */
export function projectOf(cwd: string): string {
  const config = configOf(cwd);
  return config === undefined ? cwd : dirname(config);
}

/**
 * A file's name in the record: from the root, with slashes; undefined for one outside of it, and for
 * what was built on this machine, in folders that another checkout does not have.
 */
export function nameInProject(root: string, path: string): string | undefined {
  const name = relative(root, path).replaceAll("\\", "/");
  const outside = name === "" || name.startsWith("../") || isAbsolute(name);
  return outside || /^(\.lab|_site)\//.test(name) ? undefined : name;
}

/** The cells that run, as modules; see {@link CellModules.read}. */
export function modulesOf(notebook: Notebook, cwd: string, signal: AbortSignal) {
  return CellModules.read(notebook.cells.filter(isRun), cwd, signal);
}

/** Where the outputs of `notebook`, with the parameters already in it, come from before it runs. */
export async function provenanceOf(notebook: Notebook, modules: CellModules) {
  const cells = notebook.cells.filter(isRun);
  const root = projectOf(modules.cwd);
  const { files, packages, unknown } = await reachedFrom(modules);
  const inside: Record<string, string> = {}, elsewhere: Record<string, string> = {};
  for (const [path, hash] of Object.entries(files)) {
    const name = nameInProject(root, path);
    if (name === undefined) elsewhere[path] = hash;
    else inside[name] = hash;
  }
  const isData = (name: string) => name.startsWith("data/");
  const stamp = stampOfParts({
    cells: cells.filter((cell) => !isInjected(cell)).map(cellHash),
    parameters: cells.filter(isInjected).map((cell) => digestText(cell.source.trim())).join(" "),
    lib: pick(inside, (name) => !isData(name)),
    data: pick(inside, isData),
    packages,
  });
  const unnoted = unnotedIn(cells.map(({ source }) => source).join("\n"));
  return {
    root,
    stamp,
    /** Files outside of the project, by their whole path, and folders that were looked into. */
    elsewhere: elsewhere as Hashes,
    /** Why not everything can be known; undefined where it is. */
    unknown: unknown ?? (unnoted && `a cell ${unnoted}`),
  };
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
  return { ...parts, hash };
}

/** The stamp with data that was read while running, by name in the project. */
export function withData(stamp: Stamp, read: Hashes): Stamp {
  return stampOfParts({ ...stamp, data: { ...read, ...stamp.data } });
}

/** What holds now, with the data that a run found read, as it is now. */
export function withEarlierData({ stamp, root }: Provenance, earlier: Stamp): Stamp {
  const names = Object.keys(earlier.data).filter((name) => !(name in stamp.data));
  const found = names.flatMap((name) => {
    const hash = digestFile(join(root, name));
    return hash === undefined ? [] : [[name, hash]];
  });
  return withData(stamp, Object.fromEntries(found));
}

/** A cell's source, and the one tag that changes what becomes of it. */
function cellHash(cell: CodeCell): string {
  const mayFail = tagsOf(cell).includes("raises-exception") ? "raises-exception\n" : "";
  return digestText(mayFail + cell.source.replaceAll("\r\n", "\n").trimEnd());
}

function pick(files: Hashes, wanted: (name: string) => boolean): Hashes {
  const names = Object.keys(files).filter(wanted).sort();
  return Object.fromEntries(names.map((name) => [name, files[name]]));
}
