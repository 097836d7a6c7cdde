/** A cell gives what it gives on the kernel alone; what goes past the kernel's messages is kept. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { printed, runCells, shown } from "./fixture.ts";

Deno.test("a cell's first characters decide what they decide on the kernel alone", async () => {
  const { result, cells } = await runCells([
    "const el = (name: string, _: unknown, ...inside: unknown[]) => `${name}:${inside}`;",
    "/** @jsx el */\n<i>word</i>",
    "'use strict'",
  ]);
  assertEquals(result.failures, []);
  assertEquals(cells.map(shown), [[], ['"i:word"'], ['"use strict"']]);
});

Deno.test("an error in how a value is displayed fails its cell, though the kernel says ok", async () => {
  const broken = `({ [Symbol.for("Jupyter.display")]() { throw new RangeError("no picture"); } })`;
  const { result, cells } = await runCells(["1", broken, "2"]);
  assertEquals([result.status, result.failures[0].name, result.cellsDone], [
    "failed",
    "RangeError",
    1,
  ]);
  const [error] = cells[1].outputs;
  assertEquals(error.output_type === "error" && error.evalue, "no picture");
  const tolerated = await runCells([{ tags: ["raises-exception"], source: broken }, "2"]);
  assertEquals([tolerated.result.status, shown(tolerated.cells[1])], ["done", ["2"]]);
});

Deno.test("what is written past the kernel is the output of the cell that wrote it", async () => {
  const worker = `console.log("by a worker"); postMessage(0);`;
  const { result, cells } = await runCells([
    `Deno.stdout.writeSync(new TextEncoder().encode("straight\\n"));`,
    `import process from "node:process";\nprocess.stdout.write("by process");\n"a result"`,
    `await new Deno.Command(Deno.execPath(), {
       args: ["eval", "console.log('by a child')"], stdout: "inherit",
     }).output();\n0`,
    `const worker = new Worker("data:text/javascript," + ${
      JSON.stringify(encodeURIComponent(worker))
    }, { type: "module" });
     await new Promise((resolve) => worker.onmessage = resolve);
     worker.terminate();`,
    `console.log("as ever")`,
  ]);
  assertEquals(result.failures, []);
  assertEquals(cells.map(printed), [
    "straight\n",
    "by process",
    "by a child\n",
    "by a worker\n",
    "as ever\n",
  ]);
  assertEquals(shown(cells[1]), ['"a result"']);
});

Deno.test("tests in a cell are reported in it, and one that fails fails the cell", async () => {
  const passing = await runCells([`Deno.test("holds", () => {});`, "1"]);
  assertEquals(passing.result.status, "done");
  assertMatch(printed(passing.cells[0]), /^holds \.\.\. ok .*\n\nok \| 1 passed \| 0 failed/);
  const { result, cells } = await runCells([
    `Deno.test("holds", () => {});
     Deno.test("does not", async (t) => { await t.step("here", () => { throw new Error("5"); }); });`,
    "1",
  ]);
  assertEquals([result.status, result.cellsDone], ["failed", 0]);
  const [{ name, message }] = result.failures;
  assertEquals([name, message], ["TestsFailed", "these tests failed: does not ... here"]);
  assertStringIncludes(printed(cells[0]), "FAILED | 1 passed | 1 failed (1 step)");
});

Deno.test("a cell may print what looks like a report of failed tests", async () => {
  const report =
    "x ... FAILED (1ms)\\n\\n FAILURES \\n\\nx => y:1:1\\n\\nFAILED | 0 passed | 1 failed\\n";
  const { result } = await runCells([
    `console.log("${report}");`,
    `const args = ["eval", ${JSON.stringify(`console.log("${report}")`)}];
     new Deno.Command(Deno.execPath(), { args, stdout: "inherit" }).outputSync();`,
  ]);
  assertEquals(result.status, "done");
});

Deno.test("a stream is kept as a terminal shows it at its end", async () => {
  const { cells } = await runCells([
    `for (const done of [0, 50, 100]) {
       Deno.stdout.writeSync(new TextEncoder().encode("\\r" + done + " %"));
     }`,
    `console.log("1/2\\b\\b\\b2/2")`,
  ]);
  assertEquals(cells.map(printed), ["100 %", "2/2\n"]);
});
