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
const figure = (...asked: Figure): Exercise => ({
  wants: "a whole number",
  runs: false,
  judge: (given) => Promise.resolve(look(given, asked)),
});

/** An exercise that asks for an object of numbers, each looked at by itself. */
function figures(asked: Readonly<Record<string, Figure>>): Exercise {
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
  return said(state, `${so}${name} isn’t${so ? "" : " right"} yet. ${words}`, mistake);
}

/** What there is to say of one number. */
function look(given: unknown, [right, ...slips]: Figure): Finding {
  if (given === null) return said("not started", "No number yet.");
  if (given === undefined) return working("number missing", "There is nothing of that name.");
  const number = typeof given === "bigint" || typeof given === "number" ? Number(given) : NaN;
  if (Number.isNaN(number)) return wrongType(given, "a number");
  const is = (other: number) => Math.abs(number - other) < 1e-6;
  if (is(right)) return said("correct", "That’s it.");
  const slip = slips.find(([, , of]) => typeof of === "function" ? of(number) : of.some(is));
  return working(slip?.[0] ?? "wrong answer", slip?.[1] ?? "Do the sum once more.");
}

/** What chapters ask in figures. */
// deno-fmt-ignore: a slip a line or two, so that they can be compared
export const FIGURES = {
  /** Chapter 1: the least that twelve answers of 45 ms take, on connections of 119 ms. */
  stairs: figures({
    inTheLoop: [119 + 12 * 45,
      ["a connection each", "A kept connection is opened once, not for every request.",
        [12 * (119 + 45), 12 * 119 + 45]],
      ["no connection", "And opening the connection?", [12 * 45]],
      ["in seconds", "That’s in seconds; it’s asked in ms.", [0.659]],
      ["one answer", "How many answers does it wait for, one after the other?", [45, 119, 119 + 45]],
      ["off by one", "How many answers are there? Count the steps.", [119 + 11 * 45, 119 + 13 * 45]]],
    allAtOnce: [119 + 45,
      ["no connection", "Each of them has a connection to open first.", [45]],
      ["no answer", "And when the connections are open?", [119]],
      ["in seconds", "That’s in seconds; it’s asked in ms.", [0.164]],
      ["awaited inside the loop", "All at once, the twelve answers are waited for together.",
        [119 + 12 * 45, 12 * 45]],
      ["added up", "All connections are opened at the same time: what happens together counts once.",
        [12 * (119 + 45), 12 * 119 + 45, 12 * 119]]],
  }),
  /** Chapter 5: how many lanes bring 200 pages of 45 ms under a second. */
  enoughLanes: figure(11,
    ["not whole", "Lanes come whole, and so do pages: how many pages has the busiest lane?",
      (given) => !Number.isInteger(given)],
    ["no connection", "Each lane first opens its connection: 119 ms of the second are gone.", [9]],
    ["rounded down", "With ten lanes each has twenty pages, and 119 + 20 × 45 is over 1000.", [10]],
    ["more than enough", "That’s enough. Would fewer do as well?", (given) => given > 11],
    ["too few", "That takes more than a second. How many pages can one lane bring in that time?",
      (given) => given < 9]),
  /** Chapter 9: the blocks for a quarter of the margin, where the whole takes 200. */
  blocksFor: figure(200 * 16,
    ["in proportion", "A quarter of the margin takes more than four times the blocks.", [800]],
    ["difference", "Four times as many for a half, and four times as many again.", [1600, 400]],
    ["upside down", "A finer margin takes more blocks, not fewer.", (given) => given <= 200]),
};
