import { count, list } from "../ground/words.ts";
import { type Exercise, type Finding, kindOf, quoted, said, threw, working } from "./result.ts";
import { uses } from "./source.ts";
import { enterStage, LATE, within } from "./stage.ts";

/** A usual wrong answer: its short name, what mends it, and how it comes about. */
type Slip<I extends unknown[]> = readonly [
  mistake: string,
  words: string,
  answer: (...input: I) => unknown,
];

/** What is asked, of what, and what the right answer is. */
export interface Question<I extends unknown[]> {
  /** What the function is asked of, one after the other. */
  readonly inputs: readonly I[];
  readonly right: (...input: I) => unknown;
  readonly slips?: readonly Slip<I>[];
  /**
   * Whether each input is a list of records that is to be given, and answered, as a frame; rows are
   * compared in the order of their first text.
   */
  readonly frame?: boolean;
}

/** How long an answer may take, real ms. */
const PATIENCE = 300;

/**
 * An exercise that asks for a function of some inputs, of which each has an answer. A wrong one is
 * compared with what usual mistakes come to.
 */
export function answer<I extends unknown[]>(question: Question<I>): Exercise {
  const { inputs, right, slips = [], frame = false } = question;
  return {
    wants: frame ? "a function of a frame" : "a function",
    runs: true,
    async judge(solution) {
      const given = await answers(solution, inputs, frame);
      if (!Array.isArray(given)) return given;
      const by = (other: (...input: I) => unknown) =>
        given.every((each, i) => alike(each, other(...inputs[i])));
      if (by(right)) return said("correct", "Right each time.");
      const slip = slips.find(([, , wrong]) => by(wrong));
      if (slip) return working(slip[0], slip[1]);
      const i = given.findIndex((each, i) => !alike(each, right(...inputs[i])));
      const expected = right(...inputs[i]);
      const other = frame ? wrongShape(given[i], expected) : wrongKind(given[i], expected);
      const why = /\bNaN\b/.test(brief(given[i])) ? NO_NUMBER : "";
      if (other) return other;
      const asked = frame ? [`${(inputs[i][0] as unknown[]).length} rows`] : inputs[i].map(brief);
      const words = `it says ${brief(given[i])}, where ${brief(expected)} is right.`;
      return working("wrong answer", `For ${asked.join(", ")} ${words}${why}`);
    },
  };
}

const NO_NUMBER = " (`NaN` means that something in the sum is no number: `undefined`, from past " +
  "the end of a list, or a whole list.)";

/** What a function answers; or what there is to say of it where it doesn't. */
async function answers(
  solution: unknown,
  asked: readonly unknown[][],
  frame: boolean,
): Promise<unknown[] | Finding> {
  const given: unknown[] = [];
  const frames = frame ? (await import(POLARS)).default : null;
  const stage = enterStage();
  try {
    for (const input of structuredClone(asked) as unknown[][]) {
      const own = frames ? [frames.DataFrame(input[0]), ...input.slice(1)] : input;
      const answer = (async () => await (solution as (...own: unknown[]) => unknown)(...own))();
      const came = await within(PATIENCE, answer);
      if (came === LATE) return working("never comes back", "It awaits what never comes.");
      if (frame && came && !isFrame(came)) return noAnswer(came, "a frame", NOT_YET);
      given.push(isFrame(came) ? came.toRecords().toSorted(byText) : came);
    }
  } catch (error) {
    return threw(error);
  } finally {
    stage.leave();
  }
  if (given.some((each) => each !== undefined && each !== null)) return given;
  if (given.every((each) => each === undefined)) {
    return working("no return", "It runs, but gives nothing back. Is there a `return`?");
  }
  return uses(solution)
    ? working("no answer", "It still answers `null`: return what it has found.")
    : said("not started", "It does not answer anything yet.");
}

/** By a name of its own, so that nothing is loaded until a frame is asked. */
const POLARS = "nodejs-polars";

const textIn = (row: object) =>
  String(Object.values(row).find((value) => typeof value === "string"));
const byText = (one: object, other: object) => textIn(one) < textIn(other) ? -1 : 1;

const isFrame = (value: unknown): value is { toRecords(): object[] } =>
  typeof (value as { toRecords?: unknown } | null)?.toRecords === "function";

/** What is wrong with an answer of another kind; of no answer, what is right says more. */
function wrongKind(given: unknown, expected: unknown): Finding | null {
  const kind = (value: unknown) => Array.isArray(value) ? "list" : typeof value;
  if (Array.isArray(given) && given.length > 0 && given.every((each) => each === undefined)) {
    return working("no return", "Each item is `undefined`: is there a `return` in the braces?");
  }
  if (kind(given) === kind(expected) || given === undefined || given === null) return null;
  const isText = typeof given === "string";
  return noAnswer(given, kindOfType(expected), isText ? " (Quotes and `toFixed` make text.)" : "");
}

/** What is wrong with an answer that is of another kind. */
const noAnswer = (given: unknown, wanted: string, why: string) =>
  said("wrong type", `It returns ${kindOf(given)}, where ${wanted} is wanted.${why}`, "wrong type");
const NOT_YET = " (After `groupBy` comes `agg`, after `lazy` `collect`.)";

/** What is wrong with a frame's columns, or with how many rows it has. */
function wrongShape(given: unknown, expected: unknown): Finding | null {
  if (!given) return null;
  const [rows, right] = [given as object[], expected as object[]];
  const [own, wanted] = [rows, right].map(([row = {}]) =>
    Object.keys(row).map((name) => quoted(name))
  );
  if (rows.length > 0 && own.toSorted().join() !== wanted.toSorted().join()) {
    return working("other columns", `Columns: ${list(own)}. Wanted: ${list(wanted)}.`);
  }
  if (rows.length === right.length) return null;
  const words = `The frame has ${count(rows.length, "row")}, where ${right.length} are right.` +
    (rows.length === 0 ? " (Columns are compared with `eq(…)`, not with `==`.)" : "");
  return working("wrong number", words);
}

const kindOfType = (value: unknown) =>
  Array.isArray(value) ? "a list" : typeof value === "string" ? "text" : `a ${typeof value}`;

/** A value in short, numbers to six digits. */
const brief = (value: unknown) =>
  quoted(
    Deno.inspect(value, { depth: 2, breakLength: Infinity })
      .replace(/\d+\.\d{6,}/g, (long) => String(Number(Number(long).toPrecision(6)))),
  );

/** The same, numbers to a thousandth of their size. */
function alike(one: unknown, other: unknown): boolean {
  if (typeof one === "bigint") return alike(Number(one), other);
  if (typeof one === "number" && typeof other === "number") {
    return Math.abs(one - other) <= Math.max(1e-9, Math.abs(other) / 1000);
  }
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return one === other;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return keys.length === others.length &&
    others.every((key) =>
      alike((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key])
    );
}
