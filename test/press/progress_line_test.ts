// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { clock, ProgressLine, secondsLeft } from "../../lib/press/tasks/progress_line.ts";

Deno.test("time left is what the cells took last time, at the pace of today", () => {
  assertEquals(secondsLeft([10, 20, 30], 0, 0, 4), 56);
  assertEquals(secondsLeft([10, 20, 30], 1, 10, 5), 45);
  assertEquals(secondsLeft([10, 20, 30], 1, 20, 0), 100, "half as fast as last time");
  assertEquals(secondsLeft([10, 20, 30], 2, 30, 90), 0, "never less than nothing");
  assertEquals(secondsLeft([10, 20], 2, 30, 0), 0);
});

Deno.test("time left is unknown when any cell is new", () => {
  assertEquals(secondsLeft([10, undefined], 0, 0, 0), undefined);
});

Deno.test("times are minutes and seconds", () => {
  assertEquals([0, 59.4, 59.6, 605].map(clock), ["0:00", "0:59", "1:00", "10:05"]);
});

const drawnOn = (isTerminal: boolean) => {
  let text = "";
  const screen = { isTerminal, columns: () => 80, write: (part: string) => void (text += part) };
  const progress = new ProgressLine(screen, "a.ipynb", [5, 5]);
  progress.cellStarted();
  progress.cellEnded();
  progress.cellStarted();
  progress[Symbol.dispose]();
  return text;
};

Deno.test("a terminal gets one line that names notebook, cell and time, and is cleared", () => {
  const text = drawnOn(true);
  assertStringIncludes(text, "a.ipynb  cell 1/2  0:00, about 0:10 left");
  assertStringIncludes(text, "a.ipynb  cell 2/2");
  assert(!text.includes("\n") && text.endsWith("\r\x1b[2K"));
});

Deno.test("anything but a terminal gets no progress", () => assertEquals(drawnOn(false), ""));
