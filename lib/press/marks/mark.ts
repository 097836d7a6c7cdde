/** What became of one student's exercise, and what is said of it. */

/** What the process that ran it told. */
type Told =
  | { readonly kind: "marked"; readonly results: readonly Checked[] }
  | { readonly kind: "thrown"; readonly words: string };

/** What a check found, by names that a student's code may have got at. */
type Checked = { readonly [name in "state" | "mistake" | "words" | "seconds"]?: unknown };

/** How far an exercise has come, from "not there" to "correct". */
export const STATES = [
  "not there",
  "not started",
  "wrong type",
  "keep working",
  "almost",
  "correct",
  "not checked",
] as const;
export type State = typeof STATES[number];

/** One exercise of one student. */
export interface Mark {
  readonly exercise: string;
  readonly state: State;
  /** The one mistake, by its short name; "" where there is none, or none with a name. */
  readonly mistake: string;
  /** What there is to say to the student. */
  readonly words: string;
  /** How long its check took, s. */
  readonly seconds: number;
}

/**
 * The mark for an exercise of which nothing was told, by why that is: a problem that has a name here, or
 * one of the whole notebook. `seconds` were spent on it; `detail` goes on with what is said.
 */
export function untold(exercise: string, problem: string, seconds = 0, detail = ""): Mark {
  const known: Record<string, readonly [State, words: string]> = {
    "not there": ["not there", "There is no cell of it in the notebook."],
    "syntax error": ["keep working", `The cell is no valid code${detail}.`],
    "other name": [
      "keep working",
      `Nothing declares \`${exercise}\`, and that’s the name for which its check asks.`,
    ],
    "other package": [
      "not checked",
      "It imports what the lab doesn’t have, and marking fetches nothing.",
    ],
    "no check": ["not checked", "The chapter looks at this one in the notebook only."],
    "not loaded": ["not checked", "What its check needs could not be loaded."],
    "ends the program": [
      "keep working",
      "It ends the program, takes all its memory, or prints without end.",
    ],
    "endless loop": ["keep working", `It was at it for ${seconds} s, and was ended.`],
  };
  const [state, words] = known[problem] ?? ["not there", problem];
  const mistake = ["not there", "not loaded"].includes(problem) ? "" : problem;
  return { exercise, state, mistake, words, seconds };
}

/** What Deno says of a package or a module that it would have to fetch. */
const FOREIGN = /lockfile is out of date|--cached-only|cached only/i;

/** The mark for an exercise by what was told of it: of several checks the first that is not passed counts. */
export function markOf(exercise: string, told: Told): Mark {
  if (told.kind === "thrown") {
    if (FOREIGN.test(told.words)) return untold(exercise, "other package");
    const words = `The cell throws: ${told.words}`;
    return { exercise, state: "keep working", mistake: "throws", words, seconds: 0 };
  }
  const results = Array.isArray(told.results) ? told.results : [];
  const result = results.find((each) => each?.state !== "correct") ?? results.at(-1) ?? {};
  const state = STATES.find((known) => known === result.state) ?? "not checked";
  const seconds = results.reduce((sum, each) => sum + (Number(each?.seconds) || 0), 0);
  const text = (value: unknown) => typeof value === "string" ? value.slice(0, 500) : "";
  return { exercise, state, mistake: text(result.mistake), words: text(result.words), seconds };
}
