/** Which files and packages a notebook's cells reach. */
import { dirname, join } from "node:path";
import { digestBytes, digestTable } from "./digest.ts";
import { nameInProject, type Project, resolveSpecifier } from "./project.ts";
import {
  type Names,
  onlyReExports,
  type ReExport,
  type Reference,
  referencesOf,
} from "./references.ts";

export interface Reached {
  /** Path from the project's root → hash of the contents; what is not there is not in here. */
  readonly files: Readonly<Record<string, string>>;
  /** As deno.json names them, sorted: `npm:vega@6.4.0`. */
  readonly packages: readonly string[];
}

/** deno.json is left out: it holds tasks as well, and what matters of it is in the packages. */
const LEFT_OUT = new Set(["deno.json", "deno.jsonc", "deno.lock", "package.json"]);

/**
 * Walks from `references`, made in the folder `folder`. Of a module that only passes on names of
 * others, such as lib/mod.ts, it follows the names asked for: a chart that no cell of a notebook
 * draws is not part of what made it.
 */
export function reachedFrom(
  project: Project,
  references: readonly Reference[],
  folder: string,
): Reached {
  const walk = new Walk(project);
  for (const reference of references) walk.follow(reference, folder);
  return walk.reached();
}

class Walk {
  #files: Record<string, string> = {};
  #packages = new Set<string>();
  /** Of each module that only passes on: what stands for the names asked of it. */
  #passed = new Map<string, { reExports: readonly ReExport[]; names: Record<string, string> }>();

  constructor(readonly project: Project) {}

  follow({ specifier, names }: Reference, folder: string): void {
    const target = resolveSpecifier(this.project, specifier, folder);
    if (target.kind === "package") this.#packages.add(target.name);
    if (target.kind === "file") this.#visit(target.path, names);
  }

  reached(): Reached {
    const passed = [...this.#passed].map(([name, { names }]) => [name, digestTable(names)]);
    return {
      files: { ...this.#files, ...Object.fromEntries(passed) },
      packages: [...this.#packages].sort(),
    };
  }

  #visit(path: string, names: Names): void {
    const name = nameInProject(this.project, path);
    if (name === undefined || LEFT_OUT.has(name) || name in this.#files) return;
    const before = this.#passed.get(name);
    if (before !== undefined) return this.#pass(name, path, before.reExports, names);
    const bytes = readBytes(path);
    if (bytes === "folder") return this.#visitFolder(path);
    if (bytes === undefined) return;
    const text = /\.[cm]?[jt]sx?$/.test(name) ? new TextDecoder().decode(bytes) : "";
    const reExports = text === "" ? undefined : onlyReExports(text);
    if (reExports !== undefined) {
      this.#passed.set(name, { reExports, names: {} });
      return this.#pass(name, path, reExports, names);
    }
    this.#files[name] = digestBytes(bytes);
    for (const reference of referencesOf(text)) this.follow(reference, dirname(path));
  }

  #pass(name: string, path: string, reExports: readonly ReExport[], asked: Names): void {
    const { names } = this.#passed.get(name)!;
    const known = new Set(reExports.flatMap((one) => [...one.names.keys()]));
    for (const full of asked === "all" ? [...known, "*"] : asked) {
      const [first, ...members] = full.split(".");
      for (const { specifier, names: there, everything } of reExports) {
        const origin = there.get(first) ?? (everything && !known.has(first) ? first : undefined);
        const key = `${full} of ${specifier}`;
        if (origin === undefined || key in names) continue;
        names[key] = origin;
        const next = [origin, ...members].slice(origin === "*" ? 1 : 0).join(".");
        const all = next === "" || next === "*";
        this.follow({ specifier, names: all ? "all" : new Set([next]) }, dirname(path));
      }
    }
  }

  #visitFolder(path: string): void {
    for (const { name } of Deno.readDirSync(path)) {
      if (!name.startsWith(".") && name !== "__pycache__") this.#visit(join(path, name), "all");
    }
  }
}

function readBytes(path: string): Uint8Array | "folder" | undefined {
  try {
    if (Deno.statSync(path).isDirectory) return "folder";
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
