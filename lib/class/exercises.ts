import { BODY } from "./body.ts";
import { FIGURES } from "./figures.ts";
import { FRAME_QUESTIONS } from "./frame_questions.ts";
import { QUESTIONS } from "./questions.ts";
import type { Exercise } from "./result.ts";
import { strategy } from "./strategy.ts";

/** The exercises there are, by name. */
export const EXERCISES = {
  /** Chapter 1: a loop that takes the name of a promise. */
  brackets: strategy({ inFlight: 1 }),
  /** Chapters 1 and 8: all requests under way before the first wait. */
  together: strategy({ inFlight: Infinity }),
  /** Chapter 2: two requests under way, then the next two. */
  pairs: strategy({ inFlight: 2 }),
  /** Chapter 4: batches of four, one after the other. */
  four: strategy({ inFlight: 4 }),
  /** Chapter 5: a limit that is kept, and made use of. */
  five: strategy({ inFlight: 5, pool: true }),
  /** Chapter 6: a body that is read. */
  body: BODY,
  /** Chapter 7: three lanes that take from one list. */
  crew: strategy({ inFlight: 3, pool: true }),
  /** A pool of four. */
  pool: strategy({ inFlight: 4, pool: true }),
  /** Chapter 8: a pool of four whose promises hold names only. */
  names: strategy({ inFlight: 4, pool: true, take: true }),
  ...FIGURES,
  ...QUESTIONS,
  ...FRAME_QUESTIONS,
} satisfies Record<string, Exercise>;

/** One of them. */
export type ExerciseName = keyof typeof EXERCISES;
