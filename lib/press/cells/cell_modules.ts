/** A notebook's code cells as modules of their own, so that Deno's tools can read them. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeCell } from "../notebook/notebook.ts";
import { importsIn, parseSource, replaceParts, type Syntax } from "../notebook/syntax.ts";
import { type Dependency, fetchModules, type Module, ModuleGraph } from "./module_graph.ts";

/** Why a cell cannot run. `line` and `column` count from 1 in the cell's source; 0 when unknown. */
export interface CellProblem {
  cell: CodeCell;
  name: "SyntaxError" | "ImportError";
  message: string;
  line: number;
  column: number;
  /** What cannot be imported, as the cell calls it. */
  imported?: string;
}

/** A cell as a module. */
export interface CellModule {
  readonly cell: CodeCell;
  readonly url: string;
  readonly syntax: Syntax;
}

export class CellModules implements Disposable {
  readonly graph = new ModuleGraph();
  readonly modules: readonly CellModule[];
  #folder = Deno.makeTempDirSync({ prefix: "lab-cells-" });
  /** What cells call the files that they import, by what these are called from the kernel's folder. */
  #names = new Map<string, string>();

  private constructor(
    cells: readonly CodeCell[],
    readonly cwd: string,
    readonly signal: AbortSignal,
  ) {
    this.modules = cells.map((cell, i) => this.#write(cell, i));
  }

  /**
   * Reads what `cells` reach. Relative imports resolve against `cwd`, the folder of the kernel, whose
   * configuration holds; `signal` ends Deno's commands. Dispose of it when done.
   *
   * @throws {ConfigurationError} where Deno cannot use that configuration
   */
  static async read(cells: readonly CodeCell[], cwd: string, signal: AbortSignal) {
    using ifFailed = new DisposableStack();
    const modules = ifFailed.use(new CellModules(cells, cwd, signal));
    await modules.graph.add(modules.#urls(), cwd, signal);
    ifFailed.move();
    return modules;
  }

  /**
   * What is wrong with the cells and with what they import, at any depth: what does not parse,
   * what leads nowhere. Dynamic imports are left to the run.
   */
  problems(): CellProblem[] {
    return this.modules.flatMap(({ cell, url }) => {
      const module = this.graph.find(url);
      if (module === undefined) return [];
      return module.error === undefined
        ? this.#importProblems(cell, module)
        : [parseProblem(cell, module.error)];
    });
  }

  /**
   * Downloads what the cells import, once `problems` has found nothing; Deno shows what it loads.
   * Where it could not, and it says why, all that is not of this machine is a problem.
   */
  async fetch(): Promise<CellProblem[]> {
    const isAway = (name = "") => /^(npm|jsr|https?):/.test(name);
    if (![...this.graph.modules.keys()].some(isAway)) return [];
    if (await fetchModules(this.#urls(), this.cwd, this.signal)) return [];
    return this.modules.flatMap(({ cell, url }) =>
      (this.graph.find(url)?.dependencies ?? [])
        .filter(({ code, isDynamic }) => isAway(code?.specifier) && !isDynamic)
        .map((dependency) => importProblem(cell, dependency, "Deno says why above"))
    );
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.#folder, { recursive: true });
  }

  #urls(): string[] {
    // One module for all of them: a command line has an end.
    const path = join(this.#folder, "cells.ts");
    Deno.writeTextFileSync(path, this.modules.map(({ url }) => `import "${url}";\n`).join(""));
    return [pathToFileURL(path).href];
  }

  /** Relative names are spelled out from the kernel's folder, line by line as they were. */
  #write(cell: CodeCell, i: number): CellModule {
    const read = parseSource(cell.source);
    const named = importsIn(read.body).filter(({ name }) => /^\.{0,2}\//.test(name));
    const source = replaceParts(cell.source, named, ({ name }) => {
      const url = new URL(name, pathToFileURL(join(this.cwd, "cell"))).href;
      this.#names.set(url, name);
      return JSON.stringify(url);
    });
    const path = join(this.#folder, `cell-${i}.${read.jsx ? "tsx" : "ts"}`);
    Deno.writeTextFileSync(path, source);
    return { cell, url: pathToFileURL(path).href, syntax: read };
  }

  #importProblems(cell: CodeCell, module: Module): CellProblem[] {
    return (module.dependencies ?? []).flatMap((dependency) => {
      const { specifier } = dependency;
      const error = this.#errorBehind(dependency, new Set());
      if (error === undefined) return [];
      const imported = this.#names.get(specifier) ?? specifier;
      const reason = error.replace(/ from "file:.*"$/, "").replaceAll(/\s+/g, " ")
        .replaceAll(specifier, imported);
      return [importProblem(cell, { ...dependency, specifier: imported }, reason)];
    });
  }

  /** The first error in a module and what it imports; undefined when there is none. */
  #errorBehind({ code, isDynamic }: Dependency, seen: Set<string>): string | undefined {
    if (isDynamic || code === undefined) return undefined;
    if (code.error !== undefined || seen.has(code.specifier!)) return code.error;
    seen.add(code.specifier!);
    const module = this.graph.find(code.specifier!);
    const errors = module?.dependencies?.values()
      .map((dependency) => this.#errorBehind(dependency, seen));
    return module?.error ?? errors?.find((error) => error !== undefined);
  }
}

function importProblem(
  cell: CodeCell,
  { specifier, code }: Dependency,
  reason: string,
): CellProblem {
  const message = `cannot import ${JSON.stringify(specifier)}: ${reason}`;
  const { line, character } = code!.span.start;
  const place = { line: line + 1, column: character + 1 };
  return { cell, name: "ImportError", message, imported: specifier, ...place };
}

function parseProblem(cell: CodeCell, error: string): CellProblem {
  const [, line, column] = error.match(/:(\d+):(\d+)$/) ?? [];
  const message = error.match(/^\w*Error: (.*)/)?.[1] ?? error;
  const place = { line: Number(line ?? 0), column: Number(column ?? 0) };
  return { cell, name: "SyntaxError", message, ...place };
}
