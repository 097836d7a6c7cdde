/** What code reads without Deno's noting it. */
import { fileURLToPath } from "node:url";

const lib = fileURLToPath(new URL("../../", import.meta.url));

/** Whether a module is the lab's: what these import and start is named by addresses. */
export const isOurs = (path: string) => path.startsWith(lib);

/** Libraries in native code, read by whatever name; not a call that names its file in the text. */
const NATIVE = /\b(?:read|scan)(?:CSV|Parquet|JSON|IPC|Avro|Excel)\w*(?!\w|\s*\(\s*["'])/;

/** Why not all that a cell reads can be known, e.g. "starts a program"; undefined where it can. */
export function unnotedIn(code: string): string | undefined {
  if (/\b(Command|spawn\w*|child_process)\b/.test(code)) return "starts a program";
  if (/\bchdir\b/.test(code)) return "changes the folder";
  if (/\bcreateRequire\b/.test(code)) return "requires modules";
  if (NATIVE.test(code)) return "makes up the name of a file";
}

/** The same of a module; where a native library is told a file's name there, nobody looks for it. */
export function unnotedInModule(code: string): string | undefined {
  return unnotedIn(code.replaceAll(/\b((?:read|scan)[A-Z]\w*\s*\(\s*)["']/g, "$1"));
}
