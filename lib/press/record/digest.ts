/** Short hashes of contents, the same on every system. */
import { createHash } from "node:crypto";
import { attempt } from "../../ground/attempt.ts";

/** SHA-256 of a text, its line ends as in Unix; 16 hexadecimal digits tell contents apart. */
export function digestText(text: string): string {
  return digest(text.replaceAll("\r\n", "\n"));
}

/** The same of a file's bytes. What holds no NUL is text, and git may have changed its line ends. */
export function digestBytes(bytes: Uint8Array): string {
  return bytes.includes(0) ? digest(bytes) : digestText(new TextDecoder().decode(bytes));
}

/**
 * The same of a file; of a folder, of the names in it, folders' with a slash; undefined where nothing
 * can be read.
 */
export function digestFile(path: string): string | undefined {
  return attempt(() => {
    if (!Deno.statSync(path).isDirectory) return digestBytes(Deno.readFileSync(path));
    const names = [...Deno.readDirSync(path)]
      .map(({ name, isDirectory }) => isDirectory ? `${name}/` : name);
    return digest(names.filter((name) => !name.endsWith(".partial")).sort().join("\n"));
  });
}

/** One hash for a table of hashes, whatever order it was made in. */
export function digestTable(table: Readonly<Record<string, string>>): string {
  return digest(Object.keys(table).sort().map((key) => `${key}\t${table[key]}\n`).join(""));
}

function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}
