/** What programs of this machine say of themselves. */
import { delimiter, join } from "node:path";

/** What `command` prints, both channels, trimmed; undefined when it fails or takes 20 s. */
export async function outputOf(command: string, args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(command, {
      args,
      stdin: "null",
      signal: AbortSignal.timeout(20_000),
    }).output();
    const decoder = new TextDecoder();
    return success ? (decoder.decode(stdout) + decoder.decode(stderr)).trim() : undefined;
  } catch {
    return undefined;
  }
}

/** Every program of this name on the path, the first one first: behind a shim lies another. */
export function programsNamed(name: string): string[] {
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter).filter((folder) => folder !== "");
  const file = Deno.build.os === "windows" ? `${name}.exe` : name;
  return [...new Set(folders)].map((folder) => join(folder, file)).filter((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}
