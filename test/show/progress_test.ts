// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertMatch } from "@std/assert";
import { reporter } from "../../lib/show/progress.ts";

/** A reporter on a clock that the test moves, and the lines it wrote. */
function watched() {
  const lines: { text: string; run: number; first: boolean; last: boolean }[] = [];
  const clock = { now: 1000 };
  const report = reporter((text, state) => lines.push({ text, ...state }), () => clock.now);
  return { lines, clock, report };
}

Deno.test("progress: what comes faster than the eye follows is left out, the end is not", () => {
  const { lines, clock, report } = watched();
  for (let done = 0; done <= 1000; done++, clock.now += 1) report(done, 1000, "requests");
  assert(lines.length <= 12, `${lines.length} lines`);
  assertEquals(lines.map(({ first }) => first), lines.map((_, i) => i === 0));
  assertEquals(lines.at(-1), {
    text: "requests: 1000 in 1.00 s",
    run: 1,
    first: false,
    last: true,
  });
});

Deno.test("progress: it says how long it may still take, once there is something to judge by", () => {
  const { lines, clock, report } = watched();
  report(0, 100);
  assertEquals(lines[0].text, "░░░░░░░░░░░░░░░░░░░░ 0 of 100");
  clock.now += 3000;
  report(25, 100);
  assertEquals(lines[1].text, "█████░░░░░░░░░░░░░░░ 25 of 100, about 9 s left");
  clock.now += 600_000;
  report(50, 100);
  assertMatch(lines[2].text, /50 of 100, about 10 min left$/);
});

Deno.test("progress: what begins anew under the same name has a line of its own", () => {
  const { lines, clock, report } = watched();
  for (const done of [0, 1, 2, 0, 1, 2]) {
    report(done, 2, "block");
    clock.now += 500;
  }
  assertEquals(lines.filter(({ first }) => first).length, 2);
  assertEquals(lines.filter(({ last }) => last).length, 2);
});

Deno.test("progress: two at once do not disturb each other", () => {
  const { lines, report } = watched();
  report(0, 2, "a");
  report(0, 3, "b");
  report(2, 2, "a");
  report(3, 3, "b");
  assertEquals(lines.map(({ run, first, last }) => [run, first, last]), [
    [1, true, false],
    [2, true, false],
    [1, false, true],
    [2, false, true],
  ]);
});

Deno.test("progress: a label that changes as it goes on changes in its line", () => {
  const { lines, clock, report } = watched();
  for (let done = 0; done <= 27; done++, clock.now += 500) report(done, 27, `block ${done}`);
  assertEquals(new Set(lines.map(({ run }) => run)), new Set([1]));
  assertEquals(lines.filter(({ first }) => first).length, 1);
  assertMatch(lines[13].text, /^block 13: █+░+ 13 of 27/);
  assertEquals(lines.at(-1)!.text, "block 27: 27 in 13.5 s");
});

Deno.test("progress: with nobody to see it, and of nothing, it is silent", () => {
  reporter(null, () => 0)(1, 2, "x");
  const { lines, report } = watched();
  report(0, 0);
  report(NaN, 5);
  report(1, NaN);
  assertEquals(lines, []);
});
