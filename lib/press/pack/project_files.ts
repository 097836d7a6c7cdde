/** The files of this project that are worth taking along. */
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { outputOf } from "../../ground/command_output.ts";
import { infoOf } from "../../ground/file_info.ts";
import { importsIn, parseSource } from "../notebook/syntax.ts";

/** What a working copy has that is made anew wherever it is needed, and a reader's own work. */
const LEFT = /(^|[/\\])(\.git|\.lab|_site|node_modules|\.ipynb_checkpoints)$|^notebooks[/\\]mine$/;

/**
 * Copies `from`, as git has it or else all of it but what is made anew, to `to`, in place of what is
 * there; nothing that is around `to`.
 */
export async function copyProject(from: string, to: string): Promise<number> {
  if (existsSync(to)) Deno.removeSync(to, { recursive: true });
  const around = relative(from, dirname(to));
  const files = (await trackedFiles(from) ?? filesIn(from, ""))
    .filter((file) => !join(file).startsWith(join(around, "/")));
  for (const file of files) {
    Deno.mkdirSync(dirname(join(to, file)), { recursive: true });
    Deno.copyFileSync(join(from, file), join(to, file));
  }
  return files.length;
}

/** What git has of `folder`; undefined where there is no git, or it has nothing of it. */
async function trackedFiles(folder: string): Promise<string[] | undefined> {
  const listed = await outputOf("git", ["-C", folder, "ls-files", "-z"]);
  const there = (listed ?? "").split("\0").filter((file) => infoOf(join(folder, file))?.isFile);
  return there.includes("deno.json") ? there : undefined;
}

function filesIn(root: string, under: string): string[] {
  return [...Deno.readDirSync(join(root, under))].flatMap(({ name, isDirectory, isFile }) => {
    const path = join(under, name);
    if (LEFT.test(path)) return [];
    return isDirectory ? filesIn(root, path) : isFile ? [path] : [];
  });
}

/** The packages that modules in `folder` import without deno.json: "npm:axe-core@4.14.1". */
export function packagesNamedIn(folder: string): string[] {
  const modules = filesIn(folder, "").filter((file) => file.endsWith(".ts"));
  const imports = modules.flatMap((file) =>
    importsIn(parseSource(Deno.readTextFileSync(join(folder, file))).body)
  );
  const packages = imports.map(({ name }) => /^npm:(@[^/]+\/)?[^/@]+@[\d.]+/.exec(name)?.[0]);
  return [...new Set(packages.filter((name) => name !== undefined))];
}
