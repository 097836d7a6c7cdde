/** What became of one student's exercise, and what is said of it. */

/** What became of it in the process that ran it. */
export type Outcome =
  | { readonly kind: "marked"; readonly results: readonly Checked[] }
  | { readonly kind: "thrown"; readonly words: string }
  | { readonly kind: "out of time" | "not loaded" | "ended" };

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

/** The mark for an exercise that cannot be run, or has no notebook to be in. */
export function unrun(exercise: string, problem: string): Mark {
  const state = problem === "syntax error"
    ? "keep working"
    : problem === "no check"
    ? "not checked"
    : "not there";
  const mistake = state === "not there" && problem === "not there" ? "" : problem;
  return { exercise, state, mistake, words: UNRUN[problem] ?? problem, seconds: 0 };
}

const UNRUN: Record<string, string> = {
  "not there": "There is no cell of it in the notebook.",
  "syntax error": "The cell is no valid code.",
  "no check": "The chapter looks at this one in the notebook only.",
};

/** The mark for an exercise that was run. */
export function markOf(exercise: string, outcome: Outcome, limit: number): Mark {
  const working = (mistake: string, words: string, seconds = 0): Mark => (
    { exercise, state: "keep working", mistake, words, seconds }
  );
  switch (outcome.kind) {
    case "marked":
      return ofResults(exercise, outcome.results);
    case "thrown":
      return working("throws", `The cell throws: ${outcome.words}`);
    case "ended":
      return working("ends the program", "It ends the program, or takes all its memory.");
    case "not loaded":
      return { ...working("", "What its check needs could not be loaded."), state: "not checked" };
    case "out of time":
      return working("endless loop", `It was at it for ${limit} s, and was ended.`, limit);
  }
}

/** Of several checks the first that is not passed counts. */
function ofResults(exercise: string, results: readonly Checked[]): Mark {
  const list = Array.isArray(results) ? results : [];
  const told = list.find((each) => each?.state !== "correct") ?? list.at(-1) ?? {};
  const state = STATES.find((known) => known === told.state) ?? "not checked";
  const seconds = list.reduce((sum, each) => sum + (Number(each?.seconds) || 0), 0);
  const text = (value: unknown) => typeof value === "string" ? value.slice(0, 500) : "";
  return { exercise, state, mistake: text(told.mistake), words: text(told.words), seconds };
}
