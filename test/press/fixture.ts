/** Notebooks made for a test, run by the real runner in the real kernel. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type {
  Cell,
  CodeCell,
  Json,
  JsonObject,
  Notebook,
} from "../../lib/press/notebook/notebook.ts";
import { formatNotebook } from "../../lib/press/notebook/notebook.ts";
import { parseNotebook } from "../../lib/press/notebook/parse_notebook.ts";
import { type Job, readJob } from "../../lib/press/run/job.ts";
import type { Values } from "../../lib/press/notebook/parameters.ts";
import type { Screen } from "../../lib/press/tasks/progress_line.ts";
import type { Limits } from "../../lib/press/run/execution.ts";
import { type JobResult, runJobs } from "../../lib/press/tasks/session.ts";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A code cell's source, with tags where a test needs them. */
export type CellSource = string | { tags: string[]; source: string };

export const noLimits: Limits = { cellLimit: Infinity, limit: Infinity, grace: 1 };
export const noScreen: Screen = { isTerminal: false, columns: () => 80, write() {} };

export function notebookOf(cells: readonly CellSource[], metadata: JsonObject = {}): Notebook {
  const sources = cells.map((cell) => typeof cell === "string" ? { tags: [], source: cell } : cell);
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata,
    cells: sources.map(({ tags, source }, i): Cell => ({
      cell_type: "code",
      id: `c${i + 1}`,
      metadata: tags.length > 0 ? { tags } : ({} as JsonObject),
      source,
      execution_count: null,
      outputs: [],
    })),
  };
}

/** A folder for one test, with its notebooks and what running them leaves. */
export class Workspace implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "lab-press-test-" });
  readonly out = join(this.folder, "out");

  write(name: string, content: string | Notebook): string {
    const path = join(this.folder, name);
    const text = typeof content === "string" ? content : formatNotebook(content);
    Deno.writeTextFileSync(path, text);
    return path;
  }

  job(cells: readonly CellSource[], values: Values = new Map()): Job {
    return readJob(this.write("case.ipynb", notebookOf(cells)), this.out, false, values);
  }

  /** The executed copy as it is on disk. */
  executed(name = "case.ipynb"): Notebook {
    const path = join(this.out, "notebooks", name);
    return parseNotebook(Deno.readTextFileSync(path), path);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** Values as `-p` and a quick set give them. */
export function jsonTexts(values: Record<string, unknown>): Values {
  return new Map(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
}

/** Runs cells to their end; what became of them, and the copy that was written. */
export async function runCells(
  cells: readonly CellSource[],
  options: {
    limits?: Partial<Limits>;
    values?: Record<string, Json>;
    signal?: AbortSignal;
    ready?: Promise<void>;
  } = {},
): Promise<{ result: JobResult; cells: CodeCell[] }> {
  using workspace = new Workspace();
  const job = workspace.job(cells, jsonTexts(options.values ?? {}));
  const [result] = await runJobs([job], {
    limits: { ...noLimits, ...options.limits },
    signal: options.signal ?? new AbortController().signal,
    screen: noScreen,
    fresh: true,
    onResult() {},
    ready: options.ready ?? Promise.resolve(),
  });
  return { result, cells: workspace.executed().cells as CodeCell[] };
}

/** All a cell printed on standard output. */
export function printed(cell: CodeCell): string {
  return cell.outputs.map((output) => output.output_type === "stream" ? output.text : "").join("");
}

/** The text/plain of what a cell displays and results in, in order. */
export function shown(cell: CodeCell): string[] {
  return cell.outputs.flatMap((output) =>
    output.output_type === "display_data" || output.output_type === "execute_result"
      ? [String(output.data["text/plain"])]
      : []
  );
}

/** `deno task run ARGS` without the task. */
export function runCommand(args: readonly string[], options: Deno.CommandOptions = {}) {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", join(root, "lib/press/tasks/run.ts"), ...args],
    cwd: root,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...options,
  });
}

export const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
