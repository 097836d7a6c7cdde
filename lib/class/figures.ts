import { type Exercise, type Finding, kindOf, said, working, wrongType } from "./result.ts";

/** A usual wrong number: its short name, what mends it, and which numbers they are. */
type Slip = readonly [
  mistake: string,
  words: string,
  numbers: readonly number[] | ((given: number) => boolean),
];
/** A number that is asked for, and what it is often taken for. */
type Figure = readonly [right: number, ...slips: Slip[]];

/** An exercise that asks for one whole number. */
export const figure = (...asked: Figure): Exercise => ({
  wants: "a whole number",
  runs: false,
  judge: (given) => Promise.resolve(look(given, asked)),
});

/** An exercise that asks for an object of numbers, each looked at by itself. */
export function figures(asked: Readonly<Record<string, Figure>>): Exercise {
  const names = Object.keys(asked);
  const wants = `an object with ${names.map((name) => `\`${name}\``).join(" and ")}`;
  const judge = (given: unknown) => {
    if (kindOf(given) !== "an object") return wrongType(given, wants);
    const of = given as Record<string, unknown>;
    return together(names.map((name) => [`\`${name}\``, look(of[name], asked[name])]));
  };
  return { wants, runs: false, judge: (given) => Promise.resolve(judge(given)) };
}

/** Of numbers, each with what was found: which are right, and one thing to mend. */
function together(found: [name: string, Finding][]): Finding {
  const of = (state: Finding["state"]) => found.filter(([, finding]) => finding.state === state);
  const [right, open] = [of("correct"), of("not started")];
  if (right.length === found.length || open.length === found.length) return found[0][1];
  const so = right.map(([name]) => `${name} is right. `).join("");
  const wrong = found.find((each) => !right.includes(each) && !open.includes(each));
  if (!wrong) return working("number missing", `${so}${open[0][0]} has no number yet.`);
  const [name, { state, mistake, words }] = wrong;
  return said(state, `${so}${name} isn't${so ? "" : " right"} yet. ${words}`, mistake);
}

/** What there is to say of one number. */
function look(given: unknown, [right, ...slips]: Figure): Finding {
  if (given === null) return said("not started", "No number yet.");
  if (given === undefined) return working("number missing", "There is nothing of that name.");
  if (typeof given !== "number" && typeof given !== "bigint") return wrongType(given, "a number");
  const number = Number(given);
  const is = (other: number) => Math.abs(number - other) < 1e-6;
  if (is(right)) return said("correct", "That's it.");
  const slip = slips.find(([, , of]) => typeof of === "function" ? of(number) : of.some(is));
  return working(slip?.[0] ?? "wrong answer", slip?.[1] ?? "Do the sum once more.");
}
