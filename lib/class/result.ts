/** How far an exercise has come. */
export type State = "not started" | "wrong type" | "keep working" | "almost" | "correct";

/** The one thing that is wrong, by its short name. */
export type Mistake = string;

/** What a check found. */
export interface Result {
  /** The exercise, by its name. */
  readonly exercise: string;
  readonly state: State;
  /** The one mistake, by its short name: "awaited inside the loop"; `null` where none has a name. */
  readonly mistake: Mistake | null;
  /** What there is to say, in Markdown: what is wrong, and what mends it. */
  readonly words: string;
  /** How long the check took, s. */
  readonly seconds: number;
}
