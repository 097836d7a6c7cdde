/** How far an exercise has come. */
export type State = "not started" | "wrong type" | "keep working" | "almost" | "correct";

/** What there is to say of a solution. */
export interface Finding {
  readonly state: State;
  /** The one mistake, by its short name: "awaited inside the loop"; `null` where none has a name. */
  readonly mistake: string | null;
  /** What there is to say, in Markdown: what is wrong, and what mends it. */
  readonly words: string;
}

/** What a check found. */
export interface Result extends Finding {
  /** The exercise, by its name. */
  readonly exercise: string;
  /** How long the check took, s. */
  readonly seconds: number;
}

/** What an exercise makes of a solution. */
export interface Exercise {
  /** What is asked for, in words that go on from "This has to be". */
  readonly wants: string;
  /** Whether the solution is a function, which may go on for ever. */
  readonly runs: boolean;
  /** Looks at what there is. */
  judge(solution: unknown): Promise<Finding>;
}

/** A finding in one line. */
export const said = (state: State, words: string, mistake: string | null = null): Finding => ({
  state,
  mistake,
  words,
});

/** One that has a mistake to mend. */
export const working = (mistake: string, words: string) => said("keep working", words, mistake);

/** What kind of thing it is, with its value where that is short. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return `\`${value}\``;
  if (typeof value === "function") return "a function";
  if (typeof (value as PromiseLike<unknown>).then === "function") return "a promise";
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "an object";
  return quoted(Deno.inspect(value), 60);
}

/** A finding on what is of another kind than is wanted; in particular on a number given as text. */
export function wrongType(given: unknown, wants: string): Finding {
  const digits = typeof given === "string" && wants.endsWith(" number")
    ? digitsIn(given)
    : undefined;
  const words = digits === undefined
    ? `This has to be ${wants}, not ${kindOf(given)}.`
    : `Write the number alone: ${digits}, not ${kindOf(given)}.`;
  return said("wrong type", words, "wrong type");
}

/**
 * The number in a text, as code has it: "1,5 s" is 1.5. Undefined where there is none, or several, or
 * one that is read in two ways ("1,968").
 */
export function digitsIn(text: string): string | undefined {
  const [found = "", ...more] = text.match(/[-−]?[\d.,]*\d[\d.,]*(e[-+]?\d+)?/gi) ?? [];
  const number = found.replace("−", "-").replace(/[.,]+$/, "")
    .replace(/^(-?\d+),(\d\d?)$/, "$1.$2");
  return more.length === 0 && number !== "" && isFinite(Number(number)) ? number : undefined;
}

/** A text of any kind, as Markdown shows it as it is, in one line of so many characters. */
export const quoted = (text: string, most = 160): string =>
  `\`${text.replaceAll("`", "'").replace(/\s+/g, " ").slice(0, most)}\``;

/** A finding on what was thrown; where it is a usual slip, with what mends it. */
export function threw(error: unknown): Finding {
  const isError = error instanceof Error;
  const text = isError
    ? `${error.name}: ${error.message}`
    : typeof error === "string"
    ? error
    : Deno.inspect(error, { depth: 1 });
  const slip = isError ? SLIPS.find(([pattern]) => pattern.test(error.message))?.[1] : "";
  return working("throws", `It threw an error: ${quoted(text)}${slip ?? ""}`);
}

// deno-fmt-ignore: a slip a line or two, so that they can be compared
const SLIPS: [RegExp, string][] = [
  [/paths: undefined/,
    ". That’s a place past the end of the list, or a property that a path does not have."],
  [/paths: "?\d+"?$/, ". That’s a place, not a path: `for … of` gives paths, `for … in` places."],
  [/paths: \[/, ". `get` takes one path at a time."],
  [/Symbol\.iterator/,
    ". One list is wanted there: promises go into square brackets, and a promise is awaited first."],
  [/\.json is not a function/, ". What `get` gives is the document itself, read already. What a " +
    "`request` gives has a `body` that is to be read."],
  [/Maximum call stack/, ". It calls itself without end: when is it to stop?"],
  [/\.(map|filter|forEach|slice|join|push|sort|flat) is not a function|is not iterable/,
    ". Is that a promise still? Only what it’s awaited to is a list."],
  [/Invalid URL/, ". A path alone is no address: `get(path)` knows whom to ask."],
  [/undefined \(reading/,
    ". Something was `undefined` there: was it awaited, or returned? Or does a loop go past the end?"],
];
