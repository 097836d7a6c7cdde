/** Guesses, and what happened. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { check, predict, reveal } from "../../lib/class/mod.ts";
import { comparison } from "../../lib/class/reveal.ts";

/** What is shown while something runs: outside a kernel that is printed. */
async function shown(work: () => Promise<unknown>): Promise<string> {
  const { log } = console;
  const lines: string[] = [];
  console.log = (text) => lines.push(String(text));
  try {
    await work();
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

Deno.test("predict: says what was noted, or how many guesses there are to make", async () => {
  assertStringIncludes(await shown(() => predict({ a: null, b: null })), "2 guesses to make");
  assertStringIncludes(await shown(() => predict({ a: 7.5, b: null })), "Noted. a: **7.5**.");
});

Deno.test("predict: what was guessed cannot be changed afterwards", async () => {
  const given = { a: 1 };
  let guesses = {} as Awaited<ReturnType<typeof predict>>;
  await shown(async () => guesses = await predict(given));
  given.a = 2;
  assertEquals([guesses.a, Object.isFrozen(guesses)], [1, true]);
});

Deno.test("predict: a guess that is not a number is refused by name", async () => {
  await assertRejects(() => predict({ time: [7] as never }), TypeError, "time must be a number");
  await assertRejects(() => predict({ time: NaN }), RangeError, "predict: time must be");
  await assertRejects(() => predict({}), RangeError, "predict: guesses must be");
  await assertRejects(() => predict(null as never), TypeError, "predict: guesses must be");
});

Deno.test("predict: a guess in quotation marks is said to be one, counts as none, and the cell goes on", async () => {
  let guesses = {} as Awaited<ReturnType<typeof predict>>;
  const given = { a: "7", b: 2, c: " 1.5 s", d: "many" } as never;
  const words = await shown(async () => guesses = await predict(given));
  assertEquals(guesses, { a: null, b: 2, c: null, d: null });
  for (
    const part of ["Noted. b: **2**.", "a: write the number without quotation marks: 7.", ": 1.5."]
  ) assertStringIncludes(words, part);
  assertStringIncludes(await shown(() => predict({ a: "7" } as never)), "marks: 7.");
});

const written: [text: string, number: string | undefined][] = [
  ...["7", "7 s", "about 7.", "~7", "7×", "7,0"].map((
    text,
  ): [string, string] => [text, /7,0/.test(text) ? "7.0" : "7"]),
  ...[["−7", "-7"], ["1,5 s", "1.5"], [".5", ".5"], ["1e3", "1e3"], ["10 %", "10"]] as [
    string,
    string,
  ][],
  ...["12 × 45", "25/3", "2-3", "2 to 3", "1,968", "1.968,5", "1 000", "1_000", "1e999", "many", ""]
    .map((text): [string, undefined] => [text, undefined]),
];
for (const [text, number] of written) {
  Deno.test(`predict: of "${text}" in quotation marks ${number ?? "no number"} is made`, async () => {
    const words = await shown(() => predict({ a: text } as never));
    assertStringIncludes(
      words,
      `quotation marks${number ? `: ${number}.` : ", or `null` for no guess."}`,
    );
  });
}

Deno.test("reveal: a row a question, with the guess and what happened; nobody has to guess", async () => {
  const table = await shown(() => reveal({ time: 10, others: null }, { time: 5, others: 1 }));
  const [time, others] = table.split("\n").filter((line) => /^(time|others)/.test(line));
  assertStringIncludes(time.replace(/ +/g, " "), "time 10 5 too high by a factor of 2.0");
  assertStringIncludes(others.replace(/ +/g, " "), "others – 1 no guess");
  const close = await shown(() =>
    reveal({ ratio: 1, pass: 1200, own: 1.25 }, {
      ratio: 1.0025,
      pass: 1300,
      own: 0.5,
    })
  );
  for (const row of ["ratio 1.00 1.00 very", "pass 1200 1300 very", "own 1.250 0.500 too"]) {
    assertStringIncludes(close.replace(/ +/g, " "), row);
  }
  const [, ruleOrTypes] = table.split("\n");
  assert(/^[─ ]+$/.test(ruleOrTypes), "no row of types between the headings and the answers");
});

Deno.test("reveal: an answer to what was not asked is refused", async () => {
  await assertRejects(() => reveal({ time: 1 }, { tine: 1 }), RangeError, 'asked ("time")');
});

Deno.test("reveal: says how near a guess came", () => {
  const words = [[7, 7], [7, 7.2], [10, 8], [6, 8], [100, 10], [1, 10], [0, 4], [4, -1]] as const;
  assertEquals(words.map(([guess, answer]) => comparison(guess, answer)), [
    ...["exactly", "very close", "25 % too high", "25 % too low"],
    ...["too high by a factor of 10", "too low by a factor of 10", "too low", "too high"],
  ]);
});

Deno.test("check: shows the state, and refuses an exercise that there is not", async () => {
  const nothing = await shown(() => check("together", () => undefined));
  assertEquals(nothing, "**Not started.** Nothing here yet.");
  await assertRejects(
    () => check("apart", () => 1),
    RangeError,
    'check: exercise must be "brackets", "together", "pairs", "four"',
  );
  await assertRejects(() => check("together", 1 as never), TypeError, "must be a function");
});
