/** What a post is before it is written for a place of reading. */
import type { Chart } from "./read_chart.ts";
import type { Address } from "./front_fields.ts";

/** A picture that is pixels or drawn lines already: from an output, an attachment or a file. */
export interface Picture {
  /** What it is called beside the post. */
  readonly file: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
  /** Of a drawing: what it does without as a picture, such as its links. */
  readonly without: readonly string[];
}

/** The id that a page's list of contents has. */
export const CONTENTS = "contents-of-post";

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

/** The post that an address leads to, and what of it; null for an address elsewhere. */
export function linkedPost(
  address: string,
  places: ReadonlyMap<string, Place>,
): [Place, fragment: string] | null {
  const [, key, fragment] = /^lab-post:([^#]*)(.*)$/.exec(address) ?? [];
  return key === undefined ? null : [places.get(decodeURIComponent(key))!, fragment];
}

/** What a chart's files are called. */
export function chartFiles({ name }: Chart): { svg: string; png: string } {
  return { svg: `${name}.svg`, png: `${name}.png` };
}

/** The picture that stands for a post: a chart's file, or null. */
export function coverFile({ cover }: { readonly cover: Chart | null }): string | null {
  return cover === null ? null : chartFiles(cover).png;
}
