import { join } from "node:path";

/**
 * What a kernel and its workers read and look up, as Deno notes it in the file that DENO_AUDIT_PERMISSIONS names.
 * It stays open here, so that its folder may go.
 */
export class Accesses implements Disposable {
  readonly path: string;
  readonly #file: Deno.FsFile;

  constructor(folder: string) {
    this.path = join(folder, "accesses.jsonl");
    this.#file = Deno.openSync(this.path, { create: true, read: true, write: true });
  }

  /** Paths, as they were asked for, file URLs of modules, and `$NAME` for a variable; each once. */
  read(): string[] {
    const bytes = new Uint8Array(this.#file.statSync().size);
    this.#file.seekSync(0, Deno.SeekMode.Start);
    for (let at = 0, count = 1; count > 0; at += count) {
      count = this.#file.readSync(bytes.subarray(at)) ?? 0;
    }
    const found = new Set<string>();
    for (const line of new TextDecoder().decode(bytes).split("\n")) {
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
    this.#file.close();
  }
}
