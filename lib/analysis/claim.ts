import { BOOLEAN, check, TEXT } from "../ground/options.ts";
import { notebook } from "../show/kernel.ts";

/** Thrown where the data do not bear out what the text claims. */
export class ClaimError extends Error {
  override readonly name = "ClaimError";
}

/**
 * Holds the text to the data: "✓ text" where the condition is true. Where it is not, it ends a run
 * (`deno task run`, a test) with a ClaimError; in a kernel that somebody works in it is
 * "✗ does not hold with these settings: text", and the notebook goes on.
 *
 * ```ts
 * claim("all at once takes less than a tenth of the time", atBest(results, "concurrent", "naive") < 0.1);
 * ```
 *
 * Claim what the reader is to remember, as it was found; conditions rest on `atBest`, or on what the
 * origin counted, never on milliseconds and never on a verdict.
 */
export function claim(text: string, condition: boolean): string {
  if (holds("claim", text, condition)) return `✓ ${text}`;
  return `✗ does not hold with these settings: ${text}`;
}

/**
 * A chart's title, which is a claim: the answer where the condition is true, else the question. As a
 * claim does, it ends a run where it is not true.
 *
 * ```ts
 * await show(charts.ratios(estimate(results), {
 *   title: finding("What does await change?", "By itself, await changes nothing", Math.abs(Math.log(q)) < 0.2),
 * }));
 * ```
 */
export function finding(question: string, answer: string, condition: boolean): string {
  check("finding", "question", question, TEXT);
  return holds("finding", answer, condition) ? answer : question;
}

function holds(of: string, text: string, condition: boolean): boolean {
  check(of, "text", text, TEXT);
  check(of, "condition", condition, BOOLEAN);
  // The kernel that `run` starts says so; nobody sits before that, or before no kernel at all.
  const unattended = notebook() === null || Deno.env.get("LAB_RUN") === "1";
  if (!condition && unattended) throw new ClaimError(`the data do not bear out: ${text}`);
  return condition;
}
