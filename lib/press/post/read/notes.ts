import type { ElementContent } from "hast";
import type { MimeBundle } from "../../notebook/notebook.ts";
import { noteBlock } from "./blocks.ts";

/** A note as it stands in text. */
export const NOTE = /\[Cell \d+: [^\]]*\.\]/g;

/**
 * Where a post says what it cannot show of a cell, counted from 1. Nothing is left out silently: each
 * thing is named to who publishes the notebook, as "cell 3: …", and to who reads the post, in its place.
 */
export class Notes {
  constructor(readonly cell: number, readonly say: (problem: string) => void) {}

  /** Says to who publishes that something is shown in another way than in the notebook. */
  warn(problem: string): void {
    this.say(`cell ${this.cell}: ${problem}`);
  }

  /** Says the same to who publishes and to who reads: the words returned belong beside it. */
  note(problem: string): string {
    this.warn(problem);
    return `[Cell ${this.cell}: ${problem}.]`;
  }

  /**
   * Says that `what` is not shown, and `why`; the words returned belong in its place.
   *
   * @example notes.leaveOut("a widget", "it needs a running kernel")
   */
  leaveOut(what: string, why: string): string {
    return this.note(`${what} is not shown: ${why}`);
  }
}

/** A form of an output that a page cannot show. */
export interface Unshown {
  readonly what: string;
  readonly why: string;
}

/** A form of an output that a page cannot show; notes where they are made already. */
export type Missed = Unshown | { readonly notes: ElementContent[] };

/** Notes on the forms that were not shown; `instead` is the one that was. */
export function notesOnForms(
  missed: readonly Missed[],
  data: MimeBundle,
  instead: string | null,
  notes: Notes,
): ElementContent[] {
  const whole = instead !== null && !["its picture", "its text"].includes(instead);
  const others = whole ? [] : Object.keys(data).filter((mime) => !KNOWN.test(mime)).map(unshown);
  // A chart that a script draws is named once, by what it is.
  const first = others.length === 0 ? missed : missed.filter((form) => form !== SCRIPT);
  const end = instead === null ? "" : `; ${instead} stands here instead`;
  return [...first, ...others].flatMap((form) =>
    "notes" in form ? form.notes : [noteBlock(notes.leaveOut(form.what, form.why + end))]
  );
}

/** What is nothing without its script. */
export const SCRIPT: Unshown = {
  what: "what a script shows",
  why: "a post runs no script of others",
};

/** The types that a post shows, or that only repeat what others say. */
const KNOWN =
  /^text\/(plain|html|markdown|latex|.*\+plain)$|^image\/(png|jpeg|gif|avif|bmp|webp|svg\+xml)$|vegalite|^application\/json$|dataresource/;

/** What a type is that no post can show. */
function unshown(mime: string): Unshown {
  const [, what, why] = OTHERS.find(([pattern]) => pattern.test(mime)) ??
    [/^/, `an output of the type ${mime.slice(0, 60)}`, "a post cannot show it"];
  return { what, why };
}

const OTHERS: [RegExp, string, string][] = [
  [/^application\/vnd\.jupyter\.widget/, "a widget", "it needs a running kernel"],
  [/javascript|_(exec|load)\./, SCRIPT.what, SCRIPT.why],
  [/^application\/vnd\.vega\./, "a Vega chart", "only Vega-Lite charts are drawn"],
  [/^application\/vnd\.plotly/, "a Plotly chart", "only Vega-Lite charts are drawn"],
  [/^application\/pdf$/, "a PDF", "a page cannot hold it"],
];
