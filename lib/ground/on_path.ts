import { delimiter, join } from "node:path";

/**
 * Every file of one of these names, in the order of the path: behind a shim lies another. A link is
 * not followed, for what a virtual environment's python is depends on how it was called.
 */
export async function onPath(names: readonly string[]): Promise<string[]> {
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter).filter(Boolean);
  const suffix = Deno.build.os === "windows" ? ".exe" : "";
  const found: string[] = [];
  for (const name of names) {
    for (const folder of folders) {
      try {
        const file = join(await Deno.realPath(folder), name + suffix);
        if ((await Deno.stat(file)).isFile && !found.includes(file)) found.push(file);
      } catch {
        // Not in this folder.
      }
    }
  }
  return found;
}

/** What a command prints; undefined where it fails or takes more than 20 s. */
export async function say(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(command, {
      args: [...args],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
      signal: AbortSignal.timeout(20_000),
    }).output();
    return success ? new TextDecoder().decode(stdout) : undefined;
  } catch {
    return undefined;
  }
}
