import { count } from "./words.ts";

/** What was left out, each thing that there was some of counted: ["2 cookies", "1 body"]. */
export function someOf(...all: [n: number, noun: string, plural?: string][]): string[] {
  return all.filter(([n]) => n > 0).map((one) => count(...one));
}
