/** What a notebook read while it ran, beside the modules that are known before. */
import { tmpdir } from "node:os";
import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { infoOf } from "../../ground/file_info.ts";
import type { CellModules } from "../cells/cell_modules.ts";
import { configOf } from "../notebook/find_notebooks.ts";
import { digestFile, digestText } from "./digest.ts";
import { nameInProject, type Provenance, withData } from "./stamp.ts";

/** Of the system's own state, which no file holds. */
const STATE = /^[/\\](proc|sys|dev)([/\\]|$)/;

/** What stands for a file or a variable that was looked for and is not there. */
const ABSENT = "absent";

/** Variables on which dates and numbers depend, read by nobody that Deno notes. */
const PLACE = ["$TZ", "$LC_ALL", "$LANG"];

/** Of these not even a hash is kept. */
const SECRET = /key|token|secret|pass|auth|cred/i;

/** What of the configuration makes a cell another program. */
const OPTIONS = "#compilerOptions";

/**
 * `before` with the files, folders and variables that a run of the cells, begun at `started`, has read. What it
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
  const config = configOf(modules.cwd);
  const around = [...reads.filter(isVariable), ...PLACE, ...config ? [config + OPTIONS] : []];
  for (const key of around) {
    if (SECRET.test(key)) unknown ??= `it depends on the variable ${key.slice(1)}`;
    else elsewhere[key] = hashOf(key);
  }
  for (const read of [...reads.filter((name) => !isVariable(name)), ...namedInTexts(modules)]) {
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
    const hash = hashOf(path);
    if (name === undefined) elsewhere[path] ??= hash;
    else if (!(name in before.stamp.lib)) data[name] = hash;
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
  return Object.entries(before).every(([key, hash]) => hashOf(key) === hash);
}

const isVariable = (name: string) => name.startsWith("$");

/** The hash of a file, of a variable (`$NAME`; `$` is all of them), or of options in a file. */
function hashOf(key: string): string {
  if (key === "$") return digestText(JSON.stringify(Object.entries(Deno.env.toObject()).sort()));
  if (isVariable(key)) return digestText(Deno.env.get(key.slice(1)) ?? ABSENT);
  if (!key.endsWith(OPTIONS)) return digestFile(key) ?? ABSENT;
  const text = Deno.readTextFileSync(key.slice(0, -OPTIONS.length));
  return digestText(/"compilerOptions"\s*:\s*\{[^}]*\}/.exec(text)?.[0] ?? ABSENT);
}

/** Where packages lie: what is read of them is known by their versions. */
function cachesOf({ graph }: CellModules): string[] {
  const folders = [...graph.packages.values()].map(({ localPath }) => localPath);
  return [...new Set(folders.map((folder) => dirname(dirname(folder)) + sep))];
}
