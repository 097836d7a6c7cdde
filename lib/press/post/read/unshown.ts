import type { ElementContent } from "hast";
import type { MimeBundle } from "../../notebook/notebook.ts";
import { noteBlock } from "./blocks.ts";
import type { Notes } from "./notes.ts";

/** A form of an output that a page cannot show. */
export interface Unshown {
  readonly what: string;
  readonly why: string;
}

/** A form of an output that a page cannot show; notes where they are made already. */
export type Missed = Unshown | { readonly notes: ElementContent[] };

/** Notes on the forms that were not shown; `instead` is the one that was. */
export function notesOn(
  missed: readonly Missed[],
  data: MimeBundle,
  instead: string | null,
  notes: Notes,
): ElementContent[] {
  const whole = instead !== null && !["its picture", "its text"].includes(instead);
  const others = whole ? [] : Object.keys(data).flatMap(unshown);
  // A chart that a script draws is named once, by what it is.
  const first = missed.filter((form) =>
    others.length === 0 || !("what" in form) || form.what !== SCRIPT.what
  );
  const end = instead === null ? "" : `; ${instead} stands here instead`;
  return [...first, ...others].flatMap((form) =>
    "notes" in form ? form.notes : [noteBlock(notes.leaveOut(form.what, form.why + end))]
  );
}

/** What a type is that no post can show; nothing for those that only repeat what others say. */
function unshown(mime: string): Unshown[] {
  const [, ...known] = KINDS.find(([pattern]) => pattern.test(mime)) ?? [];
  if (known.length === 0) {
    return [{ what: `an output of the type ${mime.slice(0, 60)}`, why: "a post cannot show it" }];
  }
  const [what, why] = known;
  return what === "" ? [] : [{ what, why }];
}

/** What is nothing without its script. */
export const SCRIPT: Unshown = {
  what: "what a script shows",
  why: "a post runs no script of others",
};

const KINDS: [RegExp, string, string][] = [
  [
    /^text\/(plain|html|markdown|latex|.*\+plain)$|^image\/(png|jpeg|gif|avif|bmp|webp|svg\+xml)$|vegalite|^application\/json$/,
    "",
    "",
  ],
  [/dataresource/, "", ""],
  [/^application\/vnd\.jupyter\.widget/, "a widget", "it needs a running kernel"],
  [/javascript|_(exec|load)\./, SCRIPT.what, SCRIPT.why],
  [/^application\/vnd\.vega\./, "a Vega chart", "only Vega-Lite charts are drawn"],
  [/^application\/vnd\.plotly/, "a Plotly chart", "only Vega-Lite charts are drawn"],
  [/^application\/pdf$/, "a PDF", "a page cannot hold it"],
];
