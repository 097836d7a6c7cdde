/** `deno task run`: runs notebooks and keeps the executed copies. */
import { Command } from "commander";
import { basename, join, resolve } from "node:path";
import {
  callersFolder,
  findNotebooks,
  kernelFolder,
  projectFolder,
  shownPath,
} from "./find_notebooks.ts";
import { keeper, sweepPartials } from "./keep_notebook.ts";
import { NotebookError } from "./notebook.ts";
import { parseNotebook } from "./parse_notebook.ts";
import { runNotebook } from "./run_notebook.ts";

const program = new Command("deno task run")
  .description("Run notebooks from top to bottom and keep executed copies.")
  .argument("[notebook...]", "a number, a name or a path of an .ipynb file; none: all chapters")
  .option("--quick", "the notebook's own quick set of parameters", false)
  .option("--out <dir>", "executed copies go to DIR/notebooks/", join(projectFolder, "_site"));

async function main(): Promise<number> {
  program.parse(Deno.args, { from: "user" });
  const out = resolve(callersFolder(), program.opts().out);
  let failed = 0;
  for (const file of findNotebooks(program.args)) {
    const notebook = parseNotebook(await Deno.readTextFile(file), shownPath(file));
    const target = join(out, "notebooks", basename(file));
    sweepPartials(target);
    const keep = keeper(target, notebook);
    const outcome = await runNotebook(notebook, kernelFolder(file), {
      cellStarted() {},
      cellEnded: keep.cellEnded,
    });
    keep.runEnded();
    console.error(
      `${shownPath(file)}: ${outcome.status} in ${outcome.seconds.toFixed(1)} s → ${
        shownPath(target)
      }`,
    );
    if (outcome.failure) {
      console.error(`cell ${outcome.failure.cell}`, outcome.failure);
      failed = outcome.status === "died" ? 3 : 1;
      break;
    }
  }
  return failed;
}

try {
  Deno.exit(await main());
} catch (error) {
  if (!(error instanceof NotebookError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
