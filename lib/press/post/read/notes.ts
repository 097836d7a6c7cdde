/**
 * Where a post says what it cannot show. Nothing is left out silently: each thing is named to who
 * publishes the notebook, with its cell, and to who reads the post, in its place.
 */
export interface Notes {
  /** Says to who publishes that something is shown in another way than in the notebook. */
  warn(problem: string): void;
  /** Says the same to who publishes and to who reads: the words returned belong beside it. */
  note(problem: string): string;
  /**
   * Says that `what` is not shown, and `why`; the words returned belong in its place.
   *
   * @example notes.leaveOut("a widget", "it needs a running kernel")
   */
  leaveOut(what: string, why: string): string;
}

/** A note as it stands in text. */
export const NOTE = /\[Cell \d+: [^\]]*\.\]/g;

/** The notes on one cell, counted from 1, as in "cell 3: …". */
export function notesOn(cell: number, say: (problem: string) => void): Notes {
  const warn = (problem: string) => say(`cell ${cell}: ${problem}`);
  const note = (problem: string) => {
    warn(problem);
    return `[Cell ${cell}: ${problem}.]`;
  };
  return { warn, note, leaveOut: (what, why) => note(`${what} is not shown: ${why}`) };
}
