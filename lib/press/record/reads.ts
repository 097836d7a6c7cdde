/** What a notebook read while it ran, beside the modules that are known before. */
import { tmpdir } from "node:os";
import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { infoOf } from "../../ground/file_info.ts";
import type { CellModules } from "../cells/cell_modules.ts";
import { digestFile } from "./digest.ts";
import { nameInProject, type Provenance, withData } from "./stamp.ts";

/** Of the system's own state, which no file holds. */
const STATE = /^[/\\](proc|sys|dev)([/\\]|$)/;

/** What stands for a file that was looked for and is not there. */
const ABSENT = "absent";

/**
 * `before` with the files and folders that a run of the cells, begun at `started`, has read. What it
 * made itself is not among what it depends on; what was changed meanwhile is unknown.
 */
export function withReads(
  before: Provenance,
  reads: readonly string[],
  modules: CellModules,
  started: Date,
): Provenance {
  const data: Record<string, string> = {}, elsewhere = { ...before.elsewhere };
  let { unknown } = before;
  const caches = cachesOf(modules);
  for (const read of [...reads, ...namedInTexts(modules)]) {
    const isModule = read.startsWith("file:");
    if (isModule && modules.graph.find(read) !== undefined) continue;
    const path = isModule ? fileURLToPath(read) : resolve(modules.cwd, read);
    if (STATE.test(path) || path === tmpdir() || caches.some((cache) => path.startsWith(cache))) {
      continue;
    }
    const info = infoOf(path);
    const since = (time: Date | null | undefined) => (time?.getTime() ?? 0) >= started.getTime();
    if (since(info?.birthtime)) continue;
    if (!info?.isDirectory && since(info?.mtime)) {
      unknown ??= `${path} was changed while it ran`;
      continue;
    }
    const name = info?.isFile ? nameInProject(before.root, path) : undefined;
    const hash = digestFile(path) ?? ABSENT;
    if (name === undefined) elsewhere[path] ??= hash;
    else if (!(name in before.stamp.parts.lib)) data[name] = hash;
  }
  return { ...before, stamp: withData(before.stamp, data), elsewhere, unknown };
}

/** Files that texts in the cells name: libraries in native code read without its being noted. */
function namedInTexts({ modules, cwd }: CellModules): string[] {
  const texts = modules.flatMap(({ cell }) => [...cell.source.matchAll(/(["'`])([^"'`\n$]+)\1/g)]);
  const names = texts.map(([, , name]) => name).filter((name) => /[\w-]\.\w+$/.test(name));
  return names.filter((name) => infoOf(resolve(cwd, name))?.isFile);
}

/** Whether what was read elsewhere is still as `before` has it. */
export function stillThere(before: Readonly<Record<string, string>>): boolean {
  return Object.entries(before).every(([path, hash]) => (digestFile(path) ?? ABSENT) === hash);
}

/** Where packages lie: what is read of them is known by their versions. */
function cachesOf({ graph }: CellModules): string[] {
  const folders = [...graph.packages.values()].map(({ localPath }) => localPath);
  return [...new Set(folders.map((folder) => dirname(dirname(folder)) + sep))];
}
