import type { Notebook } from "../../notebook/notebook.ts";

/** A notebook and all that is known of it from outside. */
export interface Source {
  readonly key: string;
  /** Path of the notebook's file; messages call it `name`. */
  readonly file: string;
  readonly name: string;
  readonly notebook: Notebook;
  /** Where the relative addresses in it start. */
  readonly folder: string;
}
