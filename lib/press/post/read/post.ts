/** What a post is before it is written for a place of reading. */
import type { Root as Html } from "hast";
import type { Chart } from "./read_chart.ts";
import type { Address } from "./front_fields.ts";
import type { FrontMatter } from "./front_matter.ts";

/** A picture that is pixels or drawn lines already: from an output, an attachment or a file. */
export interface Picture {
  /** What it is called beside the post. */
  readonly file: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
  /** Of a drawing: what it does without as a picture, such as its links. */
  readonly without: readonly string[];
}

/** CSS px at which a picture was shown; null where only its own size says. */
export interface Size {
  readonly width: number | null;
  readonly height: number | null;
}

/**
 * Text with structure, safe to show: no script, no style, nothing that a page would fetch. Addresses
 * within the publication are `lab-picture:FILE` and `lab-post:KEY`; TeX stands in the elements that
 * `formulaOf` knows.
 */
export interface Prose {
  readonly kind: "prose";
  readonly html: Html;
}

/** Stands in the place of something that a post cannot show, and says so. */
export interface Note {
  readonly kind: "note";
  readonly text: string;
}

/** The parts of a post, in order. */
export type Block =
  | Prose
  | Note
  | { readonly kind: "code"; source: string; language: string; folded: boolean }
  | { readonly kind: "chart"; chart: Chart }
  | { readonly kind: "picture"; picture: Picture; alt: string; size: Size }
  | { readonly kind: "output"; text: string; from: "stdout" | "stderr" | "result" | "error" }
  | { readonly kind: "remark"; text: string }
  | { readonly kind: "folded"; summary: string; blocks: Block[] };

/** The id that a page's list of contents has. */
export const CONTENTS = "contents-of-post";

/** What is known of the ids in a post. */
export interface Anchored {
  /** Those that something in the post leads to. */
  readonly linked: ReadonlySet<string>;
  /** The id of the heading under which something with an id stands, "" for none; no headings. */
  readonly sections: ReadonlyMap<string, string>;
}

/** A notebook read as a post. */
export interface Post {
  /** Names the notebook among those published to one place. */
  readonly key: string;
  /** The notebook's file name. */
  readonly source: string;
  readonly front: FrontMatter;
  readonly blocks: readonly Block[];
  readonly charts: readonly Chart[];
  readonly pictures: ReadonlyMap<string, Picture>;
  /** The chart that stands for the post where it is shared; null where it has none. */
  readonly cover: Chart | null;
  readonly minutes: number;
  readonly anchors: Anchored;
}

/** Where a post can be found by other posts. */
export interface Place extends Address {
  readonly title: string;
  /** Whether it is there, or only expected: its notebook is, and has not been published yet. */
  readonly published: boolean;
}

/** What a post knows of the others: where they are, and the keys of those it is read between. */
export interface Surroundings {
  readonly places: ReadonlyMap<string, Place>;
  readonly previous: string | null;
  readonly next: string | null;
}

/** The address of another post while a post is read; what it becomes, each target decides. */
export function postLink(key: string): string {
  return `lab-post:${encodeURIComponent(key)}`;
}
