/** How long a notebook's cells take, as Markdown beside it says. */
import { basename, dirname, join } from "node:path";
import { writeWhole } from "../../ground/whole_file.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { readNotebook } from "../notebook/parse_notebook.ts";
import { recordOf } from "./record.ts";

/** How long all cells took when the notebook was saved, s; 0 where that is not known. */
export function secondsOf(notebook: Notebook): number {
  return Object.values(recordOf(notebook)?.seconds ?? {}).reduce(
    (sum, seconds) => sum + seconds,
    0,
  );
}

/** "about 8 s", "about 1 min 20 s". */
export function inSeconds(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `about ${whole} s`;
  const rest = whole % 60;
  return `about ${Math.floor(whole / 60)} min${rest === 0 ? "" : ` ${rest} s`}`;
}

/**
 * Puts the time of the notebook `file`, which has just been saved, into the Markdown of its folder:
 * between `<!-- time of 01_name -->` and `<!-- end -->`.
 */
export function stateTime(file: string): void {
  const took = inSeconds(secondsOf(readNotebook(file, file)));
  const name = RegExp.escape(basename(file, ".ipynb"));
  const place = new RegExp(`(<!-- time of ${name} -->)[^<]*(?=<!-- end -->)`, "g");
  for (const { name, isFile } of Deno.readDirSync(dirname(file))) {
    if (!isFile || !name.endsWith(".md")) continue;
    const path = join(dirname(file), name);
    const text = Deno.readTextFileSync(path);
    const stated = text.replace(place, (_, marker) => marker + took);
    if (stated !== text) writeWhole(path, stated);
  }
}
