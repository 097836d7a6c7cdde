/** A Deno that stays where it is: npx keeps its own in a cache that it may empty at any time. */
import { join, sep } from "node:path";
import { tmpdir } from "node:os";
import { attempt } from "../../ground/attempt.ts";
import { outputOf } from "../../ground/command_output.ts";
import { infoOf } from "../../ground/file_info.ts";
import { placeWhole } from "../../ground/whole_file.ts";

/** Whether a program at `path` may be gone tomorrow. */
export function isPassing(path: string): boolean {
  return path.split(/[\\/]/).includes("_npx") || path.startsWith(tmpdir() + sep);
}

/** The path of the Deno that runs this, or of a copy of it in `folder` where that is needed. */
export function stableDeno(folder: string): string {
  const own = Deno.realPathSync(Deno.execPath());
  return isPassing(own) ? copyOf(own, folder) : own;
}

/** Copies the program at `path` into `folder` under its version, unless it is there. */
export function copyOf(path: string, folder: string): string {
  const suffix = Deno.build.os === "windows" ? ".exe" : "";
  const copy = join(folder, `deno-${Deno.version.deno}${suffix}`);
  if (infoOf(copy)?.size === infoOf(path)?.size) return copy;
  placeWhole(copy, (partial) => Deno.copyFileSync(path, partial));
  removeOthers(folder, copy);
  return copy;
}

/** Copies of other versions; one that is in use may refuse to go, and goes next time. */
function removeOthers(folder: string, copy: string): void {
  for (const { name } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (path !== copy && name.startsWith("deno-")) attempt(() => Deno.removeSync(path));
  }
}

/** Where this Deno keeps the packages that it has downloaded. */
export async function denoDir(): Promise<string> {
  return JSON.parse(await outputOf(Deno.execPath(), ["info", "--json"]) ?? "{}").denoDir;
}
