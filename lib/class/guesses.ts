/** What is asked, in a few words with the unit, and what was guessed; `null`: not yet. */
export type Guesses = Readonly<Record<string, number | null>>;
