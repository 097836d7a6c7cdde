/** `deno task lab`: gets the notebooks ready to be worked in, and opens them. */
import { existsSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fetchModules } from "../cells/module_graph.ts";
import {
  findNotebooks,
  notebooksFolder,
  pathOf,
  projectFolder,
  shownPath,
} from "../notebook/find_notebooks.ts";
import { type CopyState, type Edition, editionOf, placeCopy, removeCopies } from "./copies.ts";
import { installSpec, kernelSpec, kernelspec, specFolder } from "./kernel_spec.ts";
import { findJupyter, openJupyter, WITHOUT_JUPYTER } from "./open_jupyter.ts";
import { denoDir, stableDeno } from "./stable_deno.ts";
import { here, jupyterDataFolder, labDataFolder } from "./user_folders.ts";
import { newNotebook } from "./new.ts";
import { marks } from "../marks/marks.ts";
import { pack } from "../pack/pack.ts";
import { command, readCommandLine, runTask, UsageError } from "../../ground/usage.ts";
import type { Notebook } from "../notebook/notebook.ts";

const mine = join(projectFolder, "notebooks", "mine");

const PURPOSE =
  "Copies the chapters into notebooks/mine/, without outputs and solutions, for you to work in; " +
  `gives Jupyter the kernel "${kernelspec.display_name}"; opens Jupyter if it is installed. ` +
  "With --edition it makes copies for others instead, and that is all.";

const NOTES = `
A kernel named "deno" is left as it is. A copy that was edited is never overwritten: a chapter
that has changed since goes beside it, as 01_catch_em_all_2.ipynb.

deno task lab new NAME makes a notebook for an API of yours; deno task lab marks FOLDER says how
far a class has come; deno task lab pack makes a folder for machines without a network. Each says
more with --help.`;

const program = command("deno task lab", PURPOSE, NOTES)
  .argument("[notebook...]", "which chapters, by number or name; all of them if none is named")
  .option("--no-open", "get everything ready, but open nothing")
  .option("--remove", "take out the kernel, and the copies that you have not edited")
  .option(
    "--edition <which>",
    "student: stubs, no outputs; teacher: solutions, notes, a plan, times",
  )
  .option("--out <dir>", "where the editions go; notebooks/mine/ is where yours are");

/** The chapters, what is asked of them, and where editions go. */
type Request = NonNullable<ReturnType<typeof readRequest>>;

function readRequest(args: readonly string[]) {
  if (readCommandLine(program, args) === undefined) return undefined;
  const { open, remove, edition, out } = program.opts<
    { open: boolean; remove?: true; edition?: Edition; out?: string }
  >();
  if ((edition === undefined) !== (out === undefined)) {
    throw new UsageError("--edition and --out go together: --edition student --out class");
  }
  if (edition !== undefined && edition !== "student" && edition !== "teacher") {
    throw new UsageError(`--edition ${edition}: there are student and teacher`);
  }
  const folder = pathOf(out, "notebooks", "mine");
  if (folder === notebooksFolder) throw new UsageError(`--out ${out}: there the chapters are`);
  return { chapters: findNotebooks(program.args), open, remove, edition, folder };
}

async function install({ chapters, open }: Request): Promise<number> {
  await fetchPackages(); // One that is missing in the kernel fails its cell without a word.
  const spec = kernelSpec(stableDeno(labDataFolder(here)), await denoDir());
  console.log(`kernel   ${installSpec(jupyterDataFolder(here), spec)}`);
  const copies = placeAll(chapters, "student", mine);
  const jupyter = await findJupyter();
  if (jupyter === undefined) {
    console.log(WITHOUT_JUPYTER);
    return 0;
  }
  const first = relative(projectFolder, copies[0].path);
  console.log(`open     ${[...jupyter.command, first].join(" ")}`);
  return open ? await openJupyter(jupyter, projectFolder, first) : 0;
}

async function fetchPackages(): Promise<void> {
  if (await fetchModules(["lib/mod.ts"], projectFolder, new AbortController().signal)) return;
  console.error("Some packages could not be fetched: deno task doctor says what to do about it.");
}

/** Makes all editions before it places the first: what is wrong with one leaves none half done. */
function placeAll(chapters: readonly string[], which: Edition, folder: string) {
  const made = chapters.map((file) => ({ file, edition: editionOf(file, which, folder) }));
  return made.map(({ file, edition }) => {
    const copy = placed(edition, basename(file), folder);
    console.log(
      `${which === "student" ? "copy    " : "teacher "} ${shownPath(copy.path)}: ${
        WORDS[copy.state]
      }`,
    );
    return copy;
  });
}

/** A copy in its place; a folder that takes none is said with what to do, as a stick that is locked. */
function placed(edition: Notebook, name: string, folder: string) {
  try {
    return placeCopy(edition, name, folder);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === undefined) throw error; // not the system's
    const why = `${shownPath(folder)}: cannot be written to (${message})`;
    if (folder !== mine) throw new UsageError(`--out ${why}`);
    throw new UsageError(`${why}: work in a copy of the whole folder, on a disk that takes it`);
  }
}

const WORDS: Record<CopyState, string> = {
  copied: "made",
  renewed: "made anew: the chapter changed, and nobody had edited it",
  there: "there already",
  edited: "somebody's work, left alone",
  beside: "made, beside somebody's work on an older chapter",
};

function remove({ chapters }: Request): number {
  for (const folder of [specFolder(jupyterDataFolder(here)), labDataFolder(here)]) {
    if (!existsSync(folder)) continue;
    Deno.removeSync(folder, { recursive: true });
    console.log(`removed  ${folder}`);
  }
  for (const file of chapters) {
    const { removed, kept } = removeCopies(editionOf(file, "student", mine), basename(file), mine);
    for (const path of removed) console.log(`removed  ${shownPath(path)}`);
    for (const path of kept) console.log(`kept     ${shownPath(path)}: you edited it`);
  }
  return 0;
}

async function main(): Promise<number> {
  const asked = readRequest(Deno.args);
  if (asked === undefined) return 0;
  if (asked.remove) return remove(asked);
  if (asked.edition === undefined) return await install(asked);
  placeAll(asked.chapters, asked.edition, asked.folder);
  return 0;
}

const COMMANDS: Record<string, (args: readonly string[]) => number | Promise<number>> = {
  marks: (args) =>
    marks(args, async () => {
      await fetchPackages();
      return join(await denoDir(), "npm");
    }),
  new: newNotebook,
  pack,
};

if (import.meta.main) {
  const [first, ...rest] = Deno.args;
  if (Object.hasOwn(COMMANDS, first ?? "")) {
    await runTask(`lab ${first}`, () => COMMANDS[first](rest));
  }
  await runTask("lab", main);
}
