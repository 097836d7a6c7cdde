import { check, number, refuse } from "../ground/options.ts";
import { digits, integer, list, plain } from "../ground/words.ts";
import { show } from "../show/show.ts";
import type { Guesses } from "./predict.ts";

/**
 * Shows what was guessed beside what happened, a row a question, and in words how far off the guess
 * was. Where nobody guessed it shows what happened.
 *
 * ```ts
 * await reveal(guesses, {
 *   "the loop with await, seconds": naive.makespan / 1000,
 *   "all at once, seconds": concurrent.makespan / 1000,
 * });
 * ```
 *
 * @param guesses what {@link predict} resolved to
 * @param happened the same questions, or some of them, each with its answer
 * @throws {RangeError} for an answer to what was not asked
 */
export async function reveal(
  guesses: Guesses,
  happened: Readonly<Record<string, number>>,
): Promise<void> {
  const rows = Object.entries(happened).map(([question, answer]) => {
    if (!Object.hasOwn(guesses, question)) {
      const asked = Object.keys(guesses).map((name) => JSON.stringify(name));
      refuse("reveal", "a question", `among those asked (${list(asked)})`, question);
    }
    check("reveal", question, answer, number(-Infinity));
    const guess = guesses[question];
    const what = Number.isInteger(answer) ? integer(answer) : digits(answer);
    return {
      question,
      guess: guess === null ? "–" : beside(what, plain(guess)),
      "what happened": what,
      so: guess === null ? "no guess" : comparison(guess, answer),
    };
  });
  await show(rows);
}

/** A guess with no fewer decimals than what it stands beside: 1 and 1.02 are 1.00 and 1.02. */
function beside(answer: string, guess: string): string {
  const [[, decimals = ""], [whole, own = ""]] = [answer.split("."), guess.split(".")];
  return decimals === "" ? guess : `${whole}.${own.padEnd(decimals.length, "0")}`;
}

/** How near a guess came, in words. */
export function comparison(guess: number, answer: number): string {
  if (guess === answer) return "exactly";
  if (guess <= 0 || answer <= 0) return guess > answer ? "too high" : "too low";
  const factor = Math.max(guess / answer, answer / guess);
  const direction = guess > answer ? "high" : "low";
  if (factor < 1.1) return "very close";
  if (factor < 2) return `${Math.round(Math.abs(guess / answer - 1) * 100)} % too ${direction}`;
  return `too ${direction} by a factor of ${digits(factor, 2)}`;
}
