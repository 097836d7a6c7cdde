/** Thrown where the data do not bear out what the text claims. */
export class ClaimError extends Error {
  override readonly name = "ClaimError";
}

/**
 * Holds the text to the data: returns "✓ text" where the condition is true, and fails the cell
 * with a ClaimError where it is not. Claim orderings and bands, never milliseconds.
 */
export function claim(text: string, condition: boolean): string {
  if (typeof condition !== "boolean") {
    throw new TypeError(`claim "${text}": the condition must be true or false; got ${condition}`);
  }
  if (!condition) throw new ClaimError(`the data do not bear out: ${text}`);
  return `✓ ${text}`;
}
