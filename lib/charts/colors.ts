/**
 * Which colour a variant or series has. It goes by the schedule in its name, so it is the same in
 * every chart of a chapter, and of the book, whatever else is drawn beside it.
 */

/** Places in the scale range `lab-variants`, by what a name says. */
const PLACES: readonly (readonly [pattern: RegExp, place: number])[] = [
  // What is called by a colour is drawn in it.
  ...["blue", "orange", "green", "purple", "teal", "red", "brown"].map((color, place) =>
    [new RegExp(`\\b${color}\\b`), place] as const
  ),
  [/naive|await/, 1],
  [/sequential|one after|blocking/, 0],
  [/concurrent|all at once|coroutine|goroutine|gather/, 2],
  [/pool|semaphore/, 3],
  [/chunk|batch/, 4],
  [/worker|thread/, 5],
  [/process/, 6],
];

/** How many colours there are; names beyond take them again. */
const COLORS = 7;

/**
 * A colour channel for the names in `field`.
 *
 * @param apart whether two names may not share a colour, as lines in one plot may not; where each
 * has a plot of its own, all that are sequential are blue
 */
export function colorBy(field: string, names: readonly string[], apart = false) {
  const taken = new Map<number, string>();
  // A scale takes its colours in turn: seven places on, it is the same again.
  const put = (name: string, place: number) => {
    while (taken.has(place)) place += COLORS;
    taken.set(place, name);
  };
  const left = names.filter((name) => {
    const place = PLACES.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1];
    if (place === undefined || (apart && taken.has(place))) return true;
    put(name, place);
    return false;
  });
  for (const [i, name] of left.entries()) {
    const twin = [...taken].find(([, other]) => !apart && name === `${other} (twin)`)?.[0];
    const free = Array.from({ length: COLORS }, (_, i) => i).find((i) => !taken.has(i));
    put(name, twin ?? free ?? i);
  }
  const last = Math.max(...taken.keys());
  const domain = Array.from({ length: last + 1 }, (_, i) => taken.get(i) ?? `(none ${i})`);
  return {
    field,
    type: "nominal",
    scale: { domain, range: "lab-variants" },
    legend: null,
  } as const;
}

/** Shapes beside colours, for who sees fewer of these. */
export function shapeBy({ field, type, scale: { domain } }: ReturnType<typeof colorBy>) {
  return { field, type, scale: { domain, range: SHAPES }, legend: null } as const;
}

const SHAPES = "circle square triangle-up diamond cross triangle-down triangle-right".split(" ");
