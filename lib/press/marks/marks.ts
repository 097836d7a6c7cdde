/** `deno task lab marks`: how far a class has come, from the notebooks that it handed in. */
import { join } from "node:path";
import { command, readCommandLine, UsageError } from "../../ground/usage.ts";
import { stopSignal } from "../../ground/stop_signal.ts";
import { writeWhole } from "../../ground/whole_file.ts";
import { findNotebooks, pathOf, shownPath } from "../notebook/find_notebooks.ts";
import { overwrite, standardError } from "../tasks/progress_line.ts";
import { readAssignment } from "./assignment.ts";
import { markClass } from "./mark_class.ts";
import { classPage } from "./page.ts";
import { sheetCsv, sheetOf, sheetText } from "./sheet.ts";
import { submissionsIn } from "./submission.ts";

const NOTES = `
FOLDER holds notebooks, ada.ipynb, or a folder a student, ada/01_catch_em_all.ipynb. Nothing in it
is changed. Of each notebook only the exercises run, with what they use of other cells and the
chapter's own checks, in a process that has no network, no files and no programs, and a limited
time; what they print is not heard. A check calls a pretended API, so no server is needed either. It
is a look at a class and no examination: code that is out to deceive it can.

Writes DIR/marks.csv, a line an exercise with what was said of it, and DIR/marks.html: a heat map of
who has come how far, and the show of hands (what the class guessed, and what happened).

Exit codes: 0 done, whatever the marks; 2 bad usage; 130 interrupted.`;

const PURPOSE = "Marks the exercises in the notebooks of a class.";

const program = command("deno task lab marks", PURPOSE, NOTES)
  .argument("<folder>", "where the notebooks are")
  .option("--out <dir>", "where the results go (default: _site/marks)")
  .option("--limit <s>", "seconds that an exercise may take", (typed) => {
    const seconds = Number(typed);
    if (seconds > 0 && seconds <= 3600) return seconds;
    throw new UsageError(`--limit ${typed}: a number of seconds above 0, up to 3600`);
  }, 10);

/**
 * Runs the command; its exit code. `fetch` has Deno fetch the packages that exercises, which have no
 * network, may need; it gives the folder where they are.
 */
export async function marks(
  args: readonly string[],
  fetch: () => Promise<string>,
): Promise<number> {
  if (readCommandLine(program, args) === undefined) return 0;
  const { out, limit } = program.opts();
  const folder = pathOf(program.args[0]);
  const target = pathOf(out, "_site", "marks");
  const submissions = read(folder);
  const packages = await fetch();
  const signal = stopSignal();
  let done = 0;
  const rows = await markClass(submissions, { limit, packages, signal }, () => {
    overwrite(standardError, `marked ${++done} of ${submissions.length}`);
  });
  overwrite(standardError, "");
  if (signal.aborted) return 130;
  const sheet = sheetOf(rows);
  console.log(sheetText(sheet));
  const day = new Date().toISOString().slice(0, 10);
  const files = { "marks.csv": sheetCsv(sheet), "marks.html": await classPage(sheet, day) };
  try {
    for (const [name, text] of Object.entries(files)) {
      writeWhole(join(target, name), text);
      console.log(`wrote ${shownPath(join(target, name))}`);
    }
  } catch (error) {
    throw new UsageError(`--out ${target}: cannot be written to (${(error as Error).message})`);
  }
  return 0;
}

function read(folder: string) {
  const assignments = findNotebooks([]).map(readAssignment);
  try {
    const submissions = submissionsIn(folder, assignments);
    if (submissions.length > 0) return submissions;
  } catch (error) {
    throw new UsageError(`${folder}: cannot be read (${(error as Error).message})`);
  }
  throw new UsageError(`${folder}: holds no notebook`);
}
