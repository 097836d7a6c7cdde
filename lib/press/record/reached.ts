/** Which files and packages a notebook's cells reach. */
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { infoOf } from "../../ground/file_info.ts";
import type { CellModules } from "../cells/cell_modules.ts";
import type { Dependency, Module } from "../cells/module_graph.ts";
import { projectFolder } from "../notebook/find_notebooks.ts";
import { type Node, nodesIn, parseSource } from "../notebook/syntax.ts";
import { digestBytes, digestFile, digestTable } from "./digest.ts";
import * as references from "./references.ts";
import type { Names, ReExport } from "./references.ts";
import { isOurs, unnotedInModule } from "./unnoted.ts";

/**
 * What `cells` reach. Of a module that only passes on names of others, such as lib/mod.ts, the names
 * asked for are followed: a chart that no cell of a notebook draws is not part of what made it. Types
 * are left out: they are gone when it runs.
 */
export async function reachedFrom(cells: CellModules): Promise<Walk> {
  for (;;) {
    const walk = new Walk(cells);
    walk.walk();
    // Modules that others name by URL, such as workers, are not among what Deno knows of.
    if (walk.missing.size === 0 || cells.signal.aborted) return walk;
    await cells.graph.add([...walk.missing], cells.cwd, cells.signal);
  }
}

/** Holds tasks and more; what matters of it to the lab, which imports it, is in the packages. */
const LEFT_OUT = join(projectFolder, "deno.json");

class Walk {
  /** Path → hash of the contents; what is not there is not in here. */
  readonly files: Record<string, string> = {};
  /** Package, as deno.json names it (`npm:vega@6.4.0`), or address → hash of all it depends on. */
  readonly packages: Record<string, string> = {};
  /** Why what they reach cannot be known before they run; undefined where it can. */
  unknown: string | undefined;
  readonly missing = new Set<string>();
  /** Of each module that only passes on: what stands for the names asked of it. */
  #passed = new Map<string, Record<string, string>>();

  constructor(readonly cells: CellModules) {}

  walk(): void {
    const bodies = this.cells.modules.flatMap(({ syntax }) => syntax.body);
    const nodes = nodesIn(bodies);
    const names = references.importedNames(nodes);
    if (references.makesUpNames(nodes)) this.unknown ??= "a cell makes up the name of a module";
    for (const { cell, url } of this.cells.modules) {
      const module = this.cells.graph.find(url);
      for (const dependency of module?.dependencies ?? []) {
        this.#follow(dependency, () => names.get(dependency.specifier) ?? "all");
      }
      if (module?.error !== undefined && cell.source.includes("import")) {
        this.unknown ??= "a cell cannot be read";
      }
    }
    for (const [path, names] of this.#passed) this.files[path] = digestTable(names);
  }

  #follow({ specifier, code }: Dependency, names: () => Names): void {
    if (code === undefined || /^node:/.test(code.specifier ?? "")) return;
    const module = this.cells.graph.find(code.specifier ?? "");
    if (code.specifier?.startsWith("npm:")) {
      const name = code.specifier.replace("npm:/", "npm:"), key = module?.npmPackage;
      this.packages[name] = key ? this.#packageHash(key) : "not locked";
    } else if (!module) this.unknown ??= `${specifier} leads nowhere`;
    else if (/^https?:/.test(module.specifier)) {
      this.packages[code.specifier!] ??= this.#remoteHash(module);
    } else if (module.error !== undefined) this.unknown ??= `${specifier} cannot be read`;
    else if (module.local) this.#visit(module.local, module, names);
    // In a module that is written into its address.
    else for (const dependency of module.dependencies ?? []) this.#follow(dependency, all);
  }

  #visit(path: string, module: Module, names: () => Names): void {
    if (path in this.files || path === LEFT_OUT) return;
    const bytes = Deno.readFileSync(path);
    const reading = readingOf(SOURCE.test(path) ? new TextDecoder().decode(bytes) : "");
    if (reading.reExports !== undefined) {
      return this.#pass(path, module, reading.reExports, names());
    }
    this.files[path] = digestBytes(bytes);
    const unknown = isOurs(path) ? undefined : reading.unknown();
    if (unknown) this.unknown ??= `${path} ${unknown}`;
    for (const dependency of module.dependencies ?? []) {
      this.#follow(dependency, () => reading.names().get(dependency.specifier) ?? "all");
    }
    for (const name of reading.files) this.#named(join(dirname(path), name));
  }

  #pass(path: string, module: Module, reExports: readonly ReExport[], asked: Names): void {
    if (!this.#passed.has(path)) this.#passed.set(path, {});
    const names = this.#passed.get(path)!;
    const known = new Set(reExports.flatMap((one) => [...one.names.keys()]));
    for (const full of asked === "all" ? [...known, "*"] : asked) {
      const [first, ...members] = full.split(".");
      for (const { specifier, names: there, everything } of reExports) {
        const origin = there.get(first) ?? (everything && !known.has(first) ? first : undefined);
        const key = `${full} of ${specifier}`;
        if (origin === undefined || key in names) continue;
        names[key] = origin;
        const next = [origin, ...members].slice(origin === "*" ? 1 : 0).join(".");
        const whole = next === "" || next === "*";
        const dependency = module.dependencies?.find((one) => one.specifier === specifier);
        if (dependency) this.#follow(dependency, whole ? all : () => new Set([next]));
      }
    }
  }

  /** A file, a module or a folder that a module names by its URL. */
  #named(path: string): void {
    if (path in this.files) return;
    const info = infoOf(path);
    if (info === undefined) return;
    if (info.isDirectory) {
      for (const { name } of Deno.readDirSync(path)) {
        if (!name.startsWith(".") && name !== "__pycache__") this.#named(join(path, name));
      }
    } else if (SOURCE.test(path)) {
      const url = pathToFileURL(path).href, module = this.cells.graph.find(url);
      if (module === undefined) this.missing.add(url);
      else if (module.error === undefined) this.#visit(path, module, all);
    } else this.files[path] = digestBytes(Deno.readFileSync(path));
  }

  #packageHash(root: string): string {
    const keys = new Set([root]);
    for (const key of keys) {
      for (const next of this.cells.graph.packages.get(key)?.dependencies ?? []) keys.add(next);
    }
    return digestTable(Object.fromEntries([...keys].map((key) => [key, ""])));
  }

  #remoteHash(root: Module): string {
    const modules = new Set([root]);
    for (const { dependencies = [] } of modules) {
      const next = dependencies.map(({ code }) => this.cells.graph.find(code?.specifier ?? ""));
      for (const module of next) if (module !== undefined) modules.add(module);
    }
    const hashes = [...modules].map(({ specifier, local, npmPackage }) =>
      [specifier, local && digestFile(local) || npmPackage || ""] as const
    );
    return digestTable(Object.fromEntries(hashes));
  }
}

const SOURCE = /\.[cm]?[jt]sx?$/;

/** All names of a module. */
const all = (): Names => "all";

/** Statements at the start of a line, where no module that only passes names on has one. */
const OF_ITS_OWN =
  /^(import|const|let|var|function|class|if|for|await|export (const|let|async|function|class|default))\b/m;

/** What is read of a module, once for all notebooks, and no more than is asked: parsing takes a while. */
const readings = new Map<string, ReturnType<typeof read>>();

function readingOf(text: string) {
  const reading = readings.get(text) ?? read(text);
  readings.set(text, reading);
  return reading;
}

function read(text: string) {
  let body: readonly Node[] | undefined, names: Map<string, Names> | undefined;
  const parsed = () => body ??= parseSource(text).body;
  return {
    /** Of a module that only passes names on. */
    reExports: OF_ITS_OWN.test(text) ? undefined : references.onlyReExports(parsed()),
    names: () => names ??= references.importedNames(nodesIn(parsed())),
    files: text.includes("import.meta") ? references.namedFiles(nodesIn(parsed())) : [],
    /** What keeps all that it reaches from being known. */
    unknown: () =>
      references.makesUpNames(nodesIn(parsed()))
        ? "makes up the name of a module"
        : unnotedInModule(text),
  };
}
