/** Programs of this machine: where they are, and what they say of themselves. */
import { delimiter, join } from "node:path";
import { infoOf } from "./file_info.ts";

/** What `command` prints, trimmed, or else what it complains; undefined when it fails or takes a minute. */
export async function outputOf(
  command: string,
  args: readonly string[],
): Promise<string | undefined> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(command, {
      args: [...args],
      stdin: "null",
      signal: AbortSignal.timeout(60_000),
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
    return success ? text(stdout) || text(stderr) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Every program of this name on the path, the first one first: behind a shim lies another. A link
 * is not followed, for what a virtual environment's python is depends on how it was called.
 */
export function programsNamed(name: string): string[] {
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter).filter((folder) => folder !== "");
  const file = Deno.build.os === "windows" ? `${name}.exe` : name;
  const paths = folders.filter(infoOf).map((folder) => join(Deno.realPathSync(folder), file));
  return [...new Set(paths)].filter((path) => infoOf(path)?.isFile);
}
