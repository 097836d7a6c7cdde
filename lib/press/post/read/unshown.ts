/** A form of an output that a page cannot show. */
export interface Unshown {
  readonly what: string;
  readonly why: string;
}

/** What a type is that no post can show; nothing for those that only repeat what others say. */
export function unshown(mime: string): Unshown[] {
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
  [/^text\/|^image\/(png|jpeg|gif|avif|bmp|webp|svg\+xml)$|vegalite|^application\/json$/, "", ""],
  [/dataresource/, "", ""],
  [/^application\/vnd\.jupyter\.widget/, "a widget", "it needs a running kernel"],
  [/javascript|_(exec|load)\./, SCRIPT.what, SCRIPT.why],
  [/^application\/vnd\.vega\./, "a Vega chart", "only Vega-Lite charts are drawn"],
  [/^application\/vnd\.plotly/, "a Plotly chart", "only Vega-Lite charts are drawn"],
  [/^application\/pdf$/, "a PDF", "a page cannot hold it"],
];
