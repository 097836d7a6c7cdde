import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What a kernel and its workers read and look up, as Deno notes it in the file that DENO_AUDIT_PERMISSIONS names.
 * It stays open here, so that its folder may go.
 */
export class Accesses implements Disposable {
  readonly path: string;
  readonly #file: number;

  constructor(folder: string) {
    this.path = join(folder, "accesses.jsonl");
    this.#file = openSync(this.path, "w+");
  }

  /**
   * Paths, as they were asked for, file URLs of modules, and `$NAME` for a variable; each once. To be
   * asked for once.
   */
  read(): string[] {
    const found = new Set<string>();
    for (const line of readFileSync(this.#file, "utf8").split("\n")) {
      if (!/"permission":"(read|env)"/.test(line)) continue;
      try {
        const { permission, value } = JSON.parse(line);
        found.add(permission === "env" ? `$${value ?? ""}` : value);
      } catch {
        // Another Deno that a program started with the same variable wrote in between.
      }
    }
    return [...found].filter((name) => typeof name === "string");
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}
