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

/** What {@link succeeds} may be told of a program: where it runs, with what, until when. */
type Around = Pick<Deno.CommandOptions, "cwd" | "env" | "signal" | "stderr">;

/** Whether a program that reads and prints nothing, but complains where we do, succeeds. */
export async function succeeds(command: string, args: readonly string[], around: Around) {
  const silent = { stdin: "null", stdout: "null", stderr: "inherit" } as const;
  const program = new Deno.Command(command, { args: [...args], ...silent, ...around });
  return (await program.output()).success;
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
