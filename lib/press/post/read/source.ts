import { dirname, relative, sep } from "node:path";
import { withInjected } from "../../notebook/parameters.ts";
import { readNotebook } from "../../notebook/parse_notebook.ts";

/** A notebook to publish. */
export interface Manuscript {
  /** The notebook that has the outputs; messages call it `name`. */
  readonly file: string;
  readonly name: string;
  /** The notebook people edit: what it is known by, and where its pictures are. */
  readonly original: string;
}

/** A notebook and all that is known of it from outside. */
export type Source = Readonly<ReturnType<typeof readSource>>;

/** Reads a notebook that is published to `out`. @throws {NotebookError} for what is not one */
export function readSource({ file, name, original }: Manuscript, out: string) {
  return {
    /** Its path, seen from the folder it is published to. */
    key: relative(out, original).split(sep).join("/"),
    /** Path of the notebook's file; messages call it `name`. */
    file: original,
    name,
    notebook: withInjected(readNotebook(file, name)),
    /** Where the relative addresses in it start. */
    folder: dirname(original),
  };
}
