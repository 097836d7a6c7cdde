/** What became of one exercise in the process that ran it. */
export type Outcome =
  | { readonly kind: "marked"; readonly results: readonly Checked[] }
  | { readonly kind: "thrown"; readonly words: string }
  | { readonly kind: "out of time" | "not loaded" | "ended" };

/** What a check found; what a student's code may have put in its place is read with care. */
export interface Checked {
  readonly state?: unknown;
  readonly mistake?: unknown;
  readonly words?: unknown;
  readonly seconds?: unknown;
}
