/** A notebook's code cells as modules of their own, so that Deno's tools can read them. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeCell } from "../notebook/notebook.ts";

/** Why a cell cannot run. `line` and `column` count from 1 in the cell's source; 0 when unknown. */
export interface CellProblem {
  cell: CodeCell;
  name: string;
  message: string;
  line: number;
  column: number;
}

interface Place {
  line: number;
  character: number;
}
interface Dependency {
  specifier: string;
  isDynamic?: boolean;
  code?: { specifier?: string; error?: string; span: { start: Place; end: Place } };
}
/** A module as `deno info --json` describes it. */
interface Module {
  specifier: string;
  error?: string;
  dependencies?: Dependency[];
}
type Graph = Map<string, Module>;

export class CellModules {
  #folder = Deno.makeTempDirSync({ prefix: "lab-cells-" });
  #urls: string[] = [];

  /**
   * Dispose of it when done. Relative imports resolve against `cwd`, the folder of the kernel;
   * `flags` tell Deno's commands which configuration holds, and `signal` ends them.
   */
  constructor(
    readonly cells: readonly CodeCell[],
    readonly cwd: string,
    readonly flags: readonly string[],
    readonly signal: AbortSignal,
  ) {}

  /**
   * What is wrong with the cells and with what they import, at any depth: what does not parse,
   * what leads nowhere. Dynamic imports are left to the run.
   */
  async problems(): Promise<CellProblem[]> {
    const plain = this.cells.map((cell, i) => this.#write(`cell-${i}.ts`, cell.source));
    this.#urls = plain;
    const written = await this.#info();
    const parseErrors = plain.map((url) => written.get(url)?.error);
    this.#urls = this.cells.map((cell, i) => {
      // Where plain TypeScript does not parse, the kernel tries JSX.
      if (parseErrors[i] !== undefined) return this.#write(`cell-${i}.tsx`, cell.source);
      const source = withAbsoluteImports(cell.source, written.get(plain[i]), this.cwd);
      return source === cell.source ? plain[i] : this.#write(`cell-${i}-at-cwd.ts`, source);
    });
    const changed = this.#urls.some((url, i) => url !== plain[i]);
    const graph = changed ? await this.#info() : written;
    return this.cells.flatMap((cell, i) => {
      const module = graph.get(this.#urls[i]);
      if (module === undefined) return [];
      if (module.error === undefined) {
        const names = writtenNames(written.get(plain[i]), this.cwd);
        return importProblems(cell, module, graph, names);
      }
      return [parseProblem(cell, parseErrors[i] ?? module.error)];
    });
  }

  /**
   * Downloads what the cells import, once `problems` has found nothing; Deno shows what it loads.
   * The problems are the cells for which it could not, and Deno says why.
   */
  async fetch(): Promise<CellProblem[]> {
    if (await this.#cache(this.#urls)) return [];
    const problems: CellProblem[] = [];
    for (const [i, cell] of this.cells.entries()) {
      // A dynamic import may be meant to fail; the run will tell.
      if (/\bimport\s*\(/.test(cell.source) || await this.#cache([this.#urls[i]])) continue;
      const message = "Deno cannot load what the cell imports; it says why above";
      problems.push({ cell, name: "ImportError", message, line: 0, column: 0 });
    }
    return problems;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.#folder, { recursive: true });
  }

  #write(name: string, source: string): string {
    const path = join(this.#folder, name);
    Deno.writeTextFileSync(path, source);
    return pathToFileURL(path).href;
  }

  async #info(): Promise<Graph> {
    const { success, stdout } = await this.#deno(["info", "--json"], this.#urls, "piped");
    if (this.signal.aborted) return new Map();
    if (!success) throw new Error("deno info could not read the cells; see what it said");
    const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as { modules: Module[] };
    return new Map(modules.map((module) => [module.specifier, module]));
  }

  async #cache(urls: readonly string[]): Promise<boolean> {
    const { success } = await this.#deno(["cache"], urls, "null");
    return success || this.signal.aborted;
  }

  #deno(
    command: readonly string[],
    urls: readonly string[],
    stdout: "piped" | "null",
  ): Promise<Deno.CommandOutput> {
    const root = this.#write("cells.ts", urls.map((url) => `import "${url}";\n`).join(""));
    return new Deno.Command(Deno.execPath(), {
      args: [...command, "--allow-import", ...this.flags, root],
      cwd: this.cwd,
      stdin: "null",
      stdout,
      stderr: "inherit",
      signal: this.signal,
    }).output();
  }
}

/** The same source, line by line, with its static relative imports spelled out from `cwd`. */
function withAbsoluteImports(source: string, module: Module | undefined, cwd: string): string {
  const lines = source.split("\n");
  for (const { specifier, code } of (module?.dependencies ?? []).toReversed()) {
    if (code === undefined || !/^\.\.?\//.test(specifier)) continue;
    const { start, end } = code.span;
    const line = lines[start.line];
    const absolute = fromFolder(specifier, cwd);
    lines[start.line] = line.slice(0, start.character) + JSON.stringify(absolute) +
      line.slice(end.character);
  }
  return lines.join("\n");
}

function fromFolder(specifier: string, cwd: string): string {
  return new URL(specifier, pathToFileURL(join(cwd, "cell"))).href;
}

/** What the cell calls the files that it imports, by what they are called from `cwd`. */
function writtenNames(module: Module | undefined, cwd: string): Map<string, string> {
  const relative = (module?.dependencies ?? []).map(({ specifier }) => specifier)
    .filter((specifier) => /^\.\.?\//.test(specifier));
  return new Map(relative.map((specifier) => [fromFolder(specifier, cwd), specifier]));
}

function parseProblem(cell: CodeCell, error: string): CellProblem {
  const [, line, column] = error.match(/:(\d+):(\d+)$/) ?? [];
  const [, name, message] = error.match(/^(\w*Error): (.*)/) ?? ["", "SyntaxError", error];
  return { cell, name, message, line: Number(line ?? 0), column: Number(column ?? 0) };
}

function importProblems(
  cell: CodeCell,
  module: Module,
  graph: Graph,
  names: ReadonlyMap<string, string>,
): CellProblem[] {
  return (module.dependencies ?? []).flatMap(({ specifier, code, isDynamic }) => {
    if (isDynamic || code === undefined) return [];
    const error = code.error ?? errorBehind(code.specifier!, graph, new Set());
    if (error === undefined) return [];
    const name = names.get(specifier) ?? specifier;
    const reason = error.replace(/ from "file:.*"$/, "").replaceAll(/\s+/g, " ")
      .replaceAll(specifier, name);
    const message = `cannot import ${JSON.stringify(name)}: ${reason}`;
    const { line, character } = code.span.start;
    return [{ cell, name: "ImportError", message, line: line + 1, column: character + 1 }];
  });
}

/** The first error in a module and what it imports; undefined when there is none. */
function errorBehind(specifier: string, graph: Graph, seen: Set<string>): string | undefined {
  if (seen.has(specifier)) return undefined;
  seen.add(specifier);
  const module = graph.get(specifier);
  if (module?.error !== undefined) return module.error;
  for (const { code, isDynamic } of module?.dependencies ?? []) {
    if (isDynamic || code === undefined) continue;
    const error = code.error ?? errorBehind(code.specifier!, graph, seen);
    if (error !== undefined) return error;
  }
}
