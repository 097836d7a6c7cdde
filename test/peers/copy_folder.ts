import { join } from "node:path";

/** A copy of a folder's files in a folder of its own, with some added; whoever asks removes it. */
export async function copyFolder(
  from: string,
  added: Readonly<Record<string, string>> = {},
): Promise<string> {
  const to = await Deno.makeTempDir();
  for await (const { name, isFile } of Deno.readDir(from)) {
    if (isFile) await Deno.copyFile(join(from, name), join(to, name));
  }
  for (const [name, text] of Object.entries(added)) {
    await Deno.writeTextFile(join(to, name), text);
  }
  return to;
}
