/** Outputs without the paths of the machine they were made on. */
import { homedir, tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import { codeCells, type Json, type Notebook } from "../notebook/notebook.ts";

/** Writes paths in the outputs of `notebook` as from the project's `root`, or from `~` and `/tmp`. */
export function makePortable(notebook: Notebook, root: string): void {
  const replace = replacer([[root, ""], [homedir(), "~"], [tmpdir(), "/tmp"]]);
  for (const cell of codeCells(notebook)) {
    cell.outputs = replaceTexts(cell.outputs as unknown as Json, replace) as never;
  }
}

/** Replaces each folder, as a path and as a file URL, by what stands for it. */
function replacer(folders: readonly (readonly [string, string])[]): (text: string) => string {
  const names = folders.filter(([folder]) => folder.length > 1).flatMap(([folder, instead]) => {
    const [slashed, doubled] = ["/", "\\\\"].map((separator) => folder.replaceAll("\\", separator));
    const all = new Set([pathToFileURL(folder).href, folder, slashed, doubled]);
    return [...all].map((name) => ({ name, pattern: wholePath(name, instead), instead }));
  }).sort((a, b) => b.name.length - a.name.length);
  return (text) =>
    names.reduce(
      (text, { pattern, instead }) =>
        text.replace(pattern, (_, within) => typeof within === "string" ? "" : instead || "."),
      text,
    );
}

/** Not a part of a longer path. What lies in the root loses the slash too: lib/mod.ts. */
function wholePath(name: string, instead: string): RegExp {
  const within = instead === "" ? String.raw`([/\\]+(?=[\w.]))?` : "";
  return new RegExp(String.raw`(?<![\w.~/-])${RegExp.escape(name)}(?![\w-])${within}`, "g");
}

function replaceTexts(value: Json, replace: (text: string) => string): Json {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((item) => replaceTexts(item, replace));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      /^image\/(?!svg)/.test(key) ? item : replaceTexts(item, replace),
    ]),
  );
}
