import type { Note } from "./post.ts";

/**
 * Where a post says what it cannot show. Nothing is left out silently: each thing is named to who
 * publishes the notebook, with its cell, and to who reads the post, in its place.
 */
export interface Notes {
  /** Says to who publishes that something is shown in another way than in the notebook. */
  warn(problem: string): void;
  /** Says the same to who publishes and to who reads: the note returned belongs beside it. */
  note(problem: string): Note;
  /**
   * Says that `what` is not shown, and `why`; the note returned belongs in its place. Where only
   * words can stand, in a sentence for one, its `text` does.
   *
   * @example notes.leaveOut("a widget", "it needs a running kernel")
   */
  leaveOut(what: string, why: string): Note;
}

/** A note as it stands in text. */
export const NOTE = /\[Cell \d+: [^\]]*\.\]/g;

/** The notes on one cell, counted from 1, as in "cell 3: …". */
export function notesOn(cell: number, say: (problem: string) => void): Notes {
  const warn = (problem: string) => say(`cell ${cell}: ${problem}`);
  const note = (problem: string): Note => {
    warn(problem);
    return { kind: "note", text: `[Cell ${cell}: ${problem}.]` };
  };
  return { warn, note, leaveOut: (what, why) => note(`${what} is not shown: ${why}`) };
}
