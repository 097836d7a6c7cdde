import type { Message } from "./messages.ts";
import type {
  CodeCell,
  DisplayOutput,
  ErrorOutput,
  JsonObject,
  MimeBundle,
  Output,
  ResultOutput,
} from "../notebook/notebook.ts";

/**
 * Turns what a kernel publishes into the outputs nbformat stores. Give it each cell before the
 * cell runs; outputs go to the cell given last. One collector serves a whole notebook, because a
 * cell may update a display that an earlier cell made.
 */
export class OutputCollector {
  #cell: CodeCell | undefined;
  #clearBeforeNext = false;
  #displays = new Map<string, (DisplayOutput | ResultOutput)[]>();

  /** From now on outputs belong to `cell`. */
  collectInto(cell: CodeCell): void {
    this.#cell = cell;
    this.#clearBeforeNext = false;
  }

  /** Takes one published message; those that carry no output are passed over. */
  take(message: Message): void {
    const { content, header: { msg_type: type } } = message;
    switch (type) {
      case "stream":
        this.#stream(content.name as "stdout" | "stderr", String(content.text));
        break;
      case "display_data":
        this.#display(content, { output_type: type, ...bundleOf(content) });
        break;
      case "execute_result": {
        const execution_count = content.execution_count as number;
        this.#display(content, { output_type: type, execution_count, ...bundleOf(content) });
        break;
      }
      case "update_display_data":
        for (const shown of this.#displays.get(displayId(content)) ?? []) {
          Object.assign(shown, bundleOf(content));
        }
        break;
      case "clear_output":
        if (content.wait) this.#clearBeforeNext = true;
        else this.#clear();
        break;
      case "error":
        this.add(errorOf(content));
    }
  }

  #stream(name: "stdout" | "stderr", text: string): void {
    const last = this.#clearBeforeNext ? undefined : this.#cell?.outputs.at(-1);
    if (last?.output_type === "stream" && last.name === name) last.text += text;
    else this.add({ output_type: "stream", name, text });
  }

  #display(content: JsonObject, output: DisplayOutput | ResultOutput): void {
    this.add(output);
    const id = displayId(content);
    if (id !== "") this.#displays.set(id, [...this.#displays.get(id) ?? [], output]);
  }

  /** Adds text that no message carried; a result stays the last that a cell shows. */
  print(text: string): void {
    if (text === "") return;
    const outputs = this.#cell?.outputs ?? [];
    const result = outputs.at(-1)?.output_type === "execute_result" ? outputs.pop() : undefined;
    this.#stream("stdout", text);
    if (result !== undefined) outputs.push(result);
  }

  /** Adds an output that no message carried. */
  add(output: Output): void {
    if (this.#clearBeforeNext) this.#clear();
    this.#cell?.outputs.push(output);
  }

  #clear(): void {
    this.#clearBeforeNext = false;
    if (this.#cell) this.#cell.outputs = [];
  }
}

/** The id by which later messages may update a display, "" when it has none. */
export function displayId(content: JsonObject): string {
  const transient = content.transient as JsonObject | null | undefined;
  return typeof transient?.display_id === "string" ? transient.display_id : "";
}

/** The error that a message of the type "error", or a reply that failed, tells of. */
export function errorOf(content: JsonObject): ErrorOutput {
  const traceback = ((content.traceback ?? []) as string[]).filter((line) => line !== "");
  const ename = String(content.ename);
  // The kernel says "null" of whatever JSON has no word for.
  const evalue = traceback.length === 0 && content.evalue === "null"
    ? "what was thrown is not an Error: null, undefined or the like"
    : String(content.evalue);
  // Viewers show the traceback alone, and what is thrown without being an Error has none.
  if (traceback.length === 0) traceback.push(`${ename}: ${evalue}`);
  return { output_type: "error", ename, evalue, traceback };
}

function bundleOf({ data, metadata }: JsonObject) {
  return { data: (data ?? {}) as MimeBundle, metadata: (metadata ?? {}) as JsonObject };
}
