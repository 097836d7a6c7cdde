import { PATHS, type Rehearsal } from "./rehearse.ts";

/**
 * What may have come of a wrong number of requests, or of names in `list`; "" where nothing suggests
 * itself. `lanes` are to share the paths, 0 where none are asked for.
 */
export function whyNumber(
  { asked, shortened }: Rehearsal,
  list: readonly unknown[],
  lanes: number,
): string {
  const again = asked.length > new Set(asked).size;
  const short = asked.length < PATHS.length || list.length < PATHS.length;
  // deno-fmt-ignore: a reason a line or two, so that they can be compared
  const reasons: [so: boolean, words: string][] = [
    [again && asked.length === PATHS.length * lanes,
      " Each of them goes through all the paths: let them share one list."],
    [again && lanes > 0, " Take a path off the list, or count on, before you await anything: until " +
      "then the others take it too."],
    [again && asked.length % PATHS.length === 0,
      " A promise can be kept, and awaited later, without asking again."],
    [again, " Some were asked for more than once: do the parts overlap?"],
    [asked.length < PATHS.length && shortened,
      " The list of paths got shorter meanwhile: a loop that goes through it then ends early."],
    [asked.length === 1, " Is the `return` inside the loop?"],
    [list.length === 0,
      " Was what came put into the list? (`push` does that, `concat` makes another list.)"],
    [short, " What becomes of the last ones?"],
    [list.includes(undefined), " Some places are empty: is `i` still the same when the answer comes? " +
      "(Each round of a loop has a variable of its own with `let`, and all share one with `var`.)"],
  ];
  return reasons.find(([so]) => so)?.[1] ?? "";
}
