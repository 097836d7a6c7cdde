import { check, Kind } from "../ground/options.ts";
import { count, plain } from "../ground/words.ts";
import { Markdown } from "../show/markdown.ts";
import { show } from "../show/show.ts";
import { digitsIn } from "./result.ts";

/** What is asked, in a few words with the unit, and what was guessed; `null`: not yet. */
export type Guesses = Readonly<Record<string, number | null>>;

/**
 * Takes down guesses, before there is anything to be seen; {@link reveal} sets them beside what
 * happened. Nobody has to guess: `null` is no guess, and everything goes on. So it does where a guess
 * stands in quotation marks: that is said, and counts as none.
 *
 * ```ts
 * const guesses = await predict({
 *   "the loop with await, seconds": null, // ← your guess in place of null
 *   "all at once, seconds": null,
 * });
 * ```
 *
 * @param guesses what is asked, with its unit, and the guess: a number or `null`
 * @returns the guesses, which cannot be changed any more
 * @throws {TypeError | RangeError} naming a guess that is neither a finite number, `null` nor text
 */
export async function predict(guesses: Guesses): Promise<Guesses> {
  check("predict", "guesses", guesses, QUESTIONS);
  const asTexts: string[] = [];
  const entries = Object.entries<unknown>(guesses).map(([question, guess]) => {
    if (typeof guess !== "string") {
      return [question, check("predict", question, guess, GUESS)] as const;
    }
    const number = digitsIn(guess);
    const so = number === undefined ? ", or `null` for no guess" : `: ${number}`;
    asTexts.push(`${question}: write the number without quotation marks${so}.`);
    return [question, null] as const;
  });
  const noted = entries.flatMap(([question, guess]) =>
    guess === null ? [] : [`${question}: **${plain(guess)}**`]
  );
  const open = count(entries.length - noted.length, "guess", "guesses");
  const words = noted.length > 0 ? `Noted. ${noted.join("; ")}.` : asTexts.length > 0 ? "" : (
    `${open} to make: put a number in place of \`null\` and run the ` +
    "cell again. Or read on; nothing waits for it."
  );
  await show(new Markdown([words, ...asTexts].filter(Boolean).join("\n\n")));
  return Object.freeze(Object.fromEntries(entries));
}

const QUESTIONS = new Kind<Guesses>(
  "an object of questions, each with a number or null",
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  (value: object) => Object.keys(value).length > 0,
);

/** A guess, or none. */
const GUESS = new Kind<number | null>(
  "a number, or null for no guess",
  (value) => value === null || typeof value === "number",
  (value: number | null) => value === null || Number.isFinite(value),
);
