/** Executed notebooks made for a test: what show would have left in them, without running any. */
import { join } from "node:path";
import { bundle } from "../../../lib/show/bundle.ts";
import {
  formatNotebook,
  type Json,
  type JsonObject,
  type MimeBundle,
  type Notebook,
  type Output,
} from "../../../lib/press/notebook/notebook.ts";
import { publish, type PublishOptions, type Result } from "../../../lib/press/post/site/publish.ts";

export interface CellText {
  readonly type: "raw" | "markdown" | "code";
  readonly source: string;
  readonly tags?: string[];
  readonly metadata?: JsonObject;
  readonly outputs?: Output[];
  readonly attachments?: { [name: string]: MimeBundle };
}

export const raw = (source: string): CellText => ({ type: "raw", source });
export const prose = (source: string): CellText => ({ type: "markdown", source });
export const code = (source: string, outputs: Output[] = [], tags: string[] = []): CellText => ({
  type: "code",
  source,
  outputs,
  tags,
});

export const FRONT = raw("title: A post\ndate: 2026-03-14\n");

export function notebook(...cells: CellText[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { language_info: { name: "typescript" } },
    cells: cells.map(({ type, source, tags, metadata, outputs, attachments }, i) => ({
      id: `c${i + 1}`,
      source,
      metadata: { ...metadata, ...(tags && tags.length > 0 ? { tags } : {}) },
      ...(attachments ? { attachments } : {}),
      ...(type === "code"
        ? { cell_type: type, execution_count: null, outputs: outputs ?? [] }
        : { cell_type: type }),
    })) as Notebook["cells"],
  };
}

export function display(data: Record<string, unknown>, metadata: JsonObject = {}): Output {
  return {
    output_type: "display_data",
    data: JSON.parse(JSON.stringify(data)) as MimeBundle,
    metadata,
  };
}

export const printed = (text: string): Output => ({
  output_type: "stream",
  name: "stdout",
  text,
});

/** What `await show(value)` leaves in a notebook. */
export async function shown(value: unknown, caption: string | null = null): Promise<Output> {
  const { data, metadata } = await bundle(value, { caption, columns: null, details: null });
  return display(data, metadata as { [key: string]: Json });
}

/** A folder for one test: notebooks in it, and what publishing them leaves. */
export class Desk implements Disposable {
  readonly folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "lab-post-test-" }));
  readonly out = join(this.folder, "out");
  readonly warnings: string[] = [];

  write(name: string, content: string | Uint8Array | Notebook): string {
    const path = join(this.folder, name);
    if (content instanceof Uint8Array) Deno.writeFileSync(path, content);
    else {
      const text = typeof content === "string" ? content : formatNotebook(content);
      Deno.writeTextFileSync(path, text);
    }
    return path;
  }

  publish(names: readonly string[], options: Partial<PublishOptions> = {}): Promise<Result> {
    const manuscripts = names.map((name) => {
      const file = join(this.folder, name);
      return { file, name, original: file };
    });
    return publish(manuscripts, {
      out: this.out,
      targets: ["html"],
      publication: { name: "A Lab", site: null },
      drafts: false,
      strict: true,
      all: false,
      today: "2026-11-21",
      warn: (message) => this.warnings.push(message),
      ...options,
    });
  }

  read(path: string): string {
    return Deno.readTextFileSync(join(this.out, path));
  }

  /** Every file below OUT with its text, the record left out. */
  files(): Record<string, string> {
    const found: Record<string, string> = {};
    const walk = (folder: string, prefix: string) => {
      for (const entry of Deno.readDirSync(folder)) {
        const path = prefix + entry.name;
        if (entry.isDirectory) walk(join(folder, entry.name), `${path}/`);
        else if (entry.name !== ".published.json") {
          found[path] = new TextDecoder("latin1").decode(
            Deno.readFileSync(join(folder, entry.name)),
          );
        }
      }
    };
    walk(this.out, "");
    return found;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}
