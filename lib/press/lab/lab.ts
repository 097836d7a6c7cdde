/** `deno task lab`: gets the notebooks ready to be worked in, and opens them. */
import { Command } from "commander";
import { homedir } from "node:os";
import { basename, join, relative } from "node:path";
import { findNotebooks, projectFolder } from "../notebook/find_notebooks.ts";
import { type CopyState, placeCopy, removeCopy } from "./copies.ts";
import { installSpec, kernelSpec, kernelspec, specFolder } from "./kernel_spec.ts";
import { findJupyter, openJupyter, WITHOUT_JUPYTER } from "./open_jupyter.ts";
import { denoDir, stableDeno } from "./stable_deno.ts";
import { jupyterDataFolder, labDataFolder, type UserPlace } from "./user_folders.ts";
import { NotebookError } from "../notebook/notebook.ts";
import { readCommandLine, UsageError } from "../../ground/usage.ts";

const mine = join(projectFolder, "notebooks", "mine");
const place: UserPlace = {
  os: Deno.build.os,
  home: homedir(),
  env: (name) => Deno.env.get(name),
};

const program = new Command("deno task lab")
  .description(
    "Copies the chapters into notebooks/mine/, without outputs and solutions, for you to work in; " +
      `gives Jupyter the kernel "${kernelspec.display_name}"; opens Jupyter if it is installed.`,
  )
  .option("--no-open", "get everything ready, but open nothing")
  .option("--remove", "take out the kernel, and the copies that you have not edited")
  .helpOption("--help", "show this help")
  .addHelpText(
    "after",
    `\nA kernel named "deno" is left as it is. A copy you edited is never overwritten.`,
  );

async function install(open: boolean): Promise<number> {
  await cachePackages();
  const spec = kernelSpec(stableDeno(labDataFolder(place)), await denoDir());
  console.log(`kernel   ${installSpec(jupyterDataFolder(place), spec)}`);
  const chapters = findNotebooks([]);
  for (const file of chapters) {
    console.log(`copy     notebooks/mine/${basename(file)}: ${WORDS[placeCopy(file, mine)]}`);
  }
  const jupyter = await findJupyter();
  if (jupyter === undefined) {
    console.log(WITHOUT_JUPYTER);
    return 0;
  }
  const first = relative(projectFolder, join(mine, basename(chapters[0])));
  console.log(`open     ${[...jupyter.command, first].join(" ")}`);
  return open ? await openJupyter(jupyter, projectFolder, first) : 0;
}

const WORDS: Record<CopyState, string> = {
  copied: "made",
  renewed: "made anew: the chapter changed, and you had not edited it",
  there: "there already",
  edited: "yours, left alone",
  "edited, of an older chapter":
    "yours, left alone; the chapter has changed since: rename yours to get the new one beside it",
};

function remove(): number {
  for (const folder of [specFolder(jupyterDataFolder(place)), labDataFolder(place)]) {
    if (removeFolder(folder)) console.log(`removed  ${folder}`);
  }
  for (const file of findNotebooks([])) {
    const name = `notebooks/mine/${basename(file)}`;
    const became = removeCopy(file, mine);
    if (became === "removed") console.log(`removed  ${name}`);
    if (became === "kept") console.log(`kept     ${name}: you edited it`);
  }
  return 0;
}

/** A package that is missing in the kernel fails its cell without a word, so it is fetched here. */
async function cachePackages(): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["cache", "lib/mod.ts"],
    cwd: projectFolder,
    stdin: "null",
    stderr: "inherit",
  }).output();
  if (!success) {
    console.error("Some packages could not be fetched: deno task doctor says what to do about it.");
  }
}

function removeFolder(folder: string): boolean {
  try {
    Deno.removeSync(folder, { recursive: true });
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

if (import.meta.main) {
  try {
    const asked = readCommandLine(program, Deno.args)?.opts();
    if (asked === undefined) Deno.exit(0);
    Deno.exit(asked.remove === true ? remove() : await install(asked.open));
  } catch (error) {
    if (!(error instanceof NotebookError || error instanceof UsageError)) throw error;
    const hint = error instanceof UsageError ? "\nSee deno task lab --help" : "";
    console.error(error.message + hint);
    Deno.exit(2);
  }
}
