/** The folder whose files a notebook's outputs come from, and how names in it are resolved. */
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { configOf } from "../notebook/find_notebooks.ts";
import { type Lockfile, parseLockfile } from "./lockfile.ts";

export interface Project {
  readonly root: string;
  /** The import map in deno.json. */
  readonly imports: Readonly<Record<string, string>>;
  readonly lockfile: Lockfile;
}

/** What a specifier means: a file, a package as deno.json names it, or nothing that can change. */
export type Target =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "package"; readonly name: string }
  | { readonly kind: "nothing" };

/** Reads deno.json and deno.lock in `root`; without them it has no import map, no locked packages. */
export function readProject(root: string): Project {
  const config = JSON.parse(readText(join(root, "deno.json")) ?? "{}");
  const lock = parseLockfile(readText(join(root, "deno.lock")) ?? "{}");
  return { root, imports: config.imports ?? {}, lockfile: lock };
}

/** The root of the project that a notebook whose kernel runs in `cwd` belongs to. */
export function projectOf(cwd: string): string {
  const config = configOf(cwd);
  return config === undefined ? cwd : dirname(config);
}

/** What `specifier` means in a module of the folder `folder`. */
export function resolveSpecifier(project: Project, specifier: string, folder: string): Target {
  if (/^\.{1,2}(\/|$)/.test(specifier)) return { kind: "file", path: resolve(folder, specifier) };
  const mapped = mappedName(project.imports, specifier);
  if (mapped.startsWith(".")) return { kind: "file", path: resolve(project.root, mapped) };
  if (/^(npm|jsr|https?):/.test(mapped)) return { kind: "package", name: mapped };
  return { kind: "nothing" };
}

/** By the import map: a name in full, a prefix that ends in a slash, or a package's subpath. */
function mappedName(imports: Project["imports"], specifier: string): string {
  if (specifier in imports) return imports[specifier];
  const prefixes = Object.keys(imports).sort((a, b) => b.length - a.length);
  const prefix = prefixes.find((name) => name.endsWith("/") && specifier.startsWith(name));
  if (prefix !== undefined) return imports[prefix] + specifier.slice(prefix.length);
  const whole = prefixes.find((name) => specifier.startsWith(`${name}/`));
  return whole === undefined ? specifier : imports[whole];
}

/** A file's name in the record: from the root, with slashes; undefined for one outside of it. */
export function nameInProject(project: Project, path: string): string | undefined {
  const name = relative(project.root, path).replaceAll("\\", "/");
  return name === "" || name.startsWith("../") || isAbsolute(name) ? undefined : name;
}

function readText(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
