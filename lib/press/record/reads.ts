/** What a notebook read while it ran, beside the modules that are known before. */
import { tmpdir } from "node:os";
import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { attempt } from "../../ground/attempt.ts";
import { infoOf } from "../../ground/file_info.ts";
import { isThisMachine } from "../../ground/this_machine.ts";
import type { CellModules } from "../cells/cell_modules.ts";
import type { Accessed } from "../kernel/kernel_process.ts";
import { configOf } from "../notebook/find_notebooks.ts";
import { digestFile, digestText } from "./digest.ts";
import { nameInProject, type Provenance, withData } from "./stamp.ts";
import { isOurs } from "./unnoted.ts";

/** Of the system's own state, which no file holds. */
const STATE = /^[/\\](proc|sys|dev)([/\\]|$)/;

/** What stands for a file or a variable that was looked for and is not there. */
const ABSENT = "absent";

/** Variables on which dates, numbers and folders depend, read by nobody that Deno notes. */
const PLACE = ["TZ", "LC_ALL", "LANG", "HOME"];

/** Of these not even a hash is kept. */
const SECRET = /key|token|secret|pass|auth|cred/i;

/**
 * `before` with the files, folders and variables that a run of the cells, begun at `started`, has read, and
 * their configuration. What it made itself is to be as it left it; what was changed meanwhile is
 * unknown, and so is what a server answers that it has not started.
 */
export function withReads(
  before: Provenance,
  { read, env, net }: Accessed,
  modules: CellModules,
  started: Date,
): Provenance {
  const data: Record<string, string> = {}, elsewhere = { ...before.elsewhere };
  let { unknown } = before;
  const caches = cachesOf(modules);
  for (const name of [...env, ...PLACE]) {
    if (SECRET.test(name)) unknown ??= `it depends on the variable ${name}`;
    else elsewhere[`$${name}`] = hashOf(`$${name}`);
  }
  const config = configOf(modules.cwd);
  if (config) elsewhere[config] = hashOf(config);
  const asked = net.find((address) => !isOwnServer(address, modules));
  if (asked !== undefined) unknown ??= `it asks ${asked}`;
  for (const name of [...read, ...namedInTexts(modules)]) {
    const isModule = name.startsWith("file:");
    if (isModule && modules.graph.find(name) !== undefined) continue;
    const path = isModule ? fileURLToPath(name) : resolve(modules.cwd, name);
    if (STATE.test(path) || path === tmpdir() || caches.some((cache) => path.startsWith(cache))) {
      continue;
    }
    const info = infoOf(path);
    const since = (time: Date | null | undefined) => (time?.getTime() ?? 0) >= started.getTime();
    const isMade = since(info?.birthtime);
    if (!isMade && !info?.isDirectory && since(info?.mtime)) {
      unknown ??= `${path} was changed while it ran`;
      continue;
    }
    const inside = info?.isFile && !isMade ? nameInProject(before.root, path) : undefined;
    const hash = hashOf(path);
    if (inside === undefined) elsewhere[path] ??= hash;
    else if (!(inside in before.stamp.lib)) data[inside] = hash;
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

/** The hash of a file or folder, or of a variable: `$NAME`; `$` is all of them. */
function hashOf(key: string): string {
  if (key === "$") return digestText(JSON.stringify(Object.entries(Deno.env.toObject()).sort()));
  if (key.startsWith("$")) return digestText(Deno.env.get(key.slice(1)) ?? ABSENT);
  return digestFile(key) ?? ABSENT;
}

/** Whether an address is of this machine, at a port that no code names: chosen while it ran. */
function isOwnServer(address: string, { graph }: CellModules): boolean {
  const url = attempt(() => new URL(address.includes("://") ? address : `http://${address}`));
  if (!url || !isThisMachine(url) && url.hostname !== "0.0.0.0") return false;
  const files = [...graph.modules.values()].flatMap(({ local = "" }) => isOurs(local) ? [] : local);
  const names = (file: string) => Deno.readTextFileSync(file).includes(url.port);
  return url.port === "0" || url.port !== "" && !files.some((file) => attempt(() => names(file)));
}

/** Where packages lie: what is read of them is known by their versions. */
function cachesOf({ graph }: CellModules): string[] {
  const folders = [...graph.packages.values()].map(({ localPath }) => localPath);
  return [...new Set(folders.map((folder) => dirname(dirname(folder)) + sep))];
}
