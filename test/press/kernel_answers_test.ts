/** A cell gives what it gives on the kernel alone; what goes past the kernel's messages is kept. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Kernel } from "../../lib/press/kernel/kernel.ts";
import { OutputCollector } from "../../lib/press/kernel/outputs.ts";
import type { CodeCell } from "../../lib/press/notebook/notebook.ts";
import { notebookOf, printed, runCells, runCommand, shown, textOf, Workspace } from "./fixture.ts";

Deno.test("a cell's first characters decide what they decide on the kernel alone", async () => {
  const { result, cells } = await runCells([
    "const el = (name: string, _: unknown, ...inside: unknown[]) => `${name}:${inside}`;",
    "/** @jsx el */\n<i>word</i>",
    "'use strict'",
  ]);
  assertEquals(result.failures, []);
  assertEquals(cells.map(shown), [[], ['"i:word"'], ['"use strict"']]);
});

const accepted: [what: string, ...cells: string[]][] = [
  ["an object without parentheses", `{ width: 3, "height": [4] }`],
  ["an object over several lines", `{\n  a: 1, // one\n  b() { return 2; },\n}`],
  ["an import after a comment", `/* why */ import { sep } from "node:path"; typeof sep`],
  ["a deferred import", `import defer * as path from "node:path";\npath.join("x", "y")`],
  ["an accessor", `class Box { static accessor size = 2 }\nBox.size`],
  ["an import behind other code", `const a = 1; import { join } from "node:path"; join("x", "y")`],
  ["a comment as in HTML", `<!-- old\n5`],
  ["a decorated class", `const keep = (c: unknown) => c;\n@keep class Kept {}\ntypeof Kept`],
  ["an export", `export const six = 6; export default six;\nsix`],
  ["a generic arrow function and a type assertion", `const id = <T,>(x: T) => x;\nid(<any>7)`],
  [
    "a module that an earlier cell writes",
    `Deno.writeTextFileSync("made_${Deno.pid}.ts", "export const eight = 8;"); 0`,
    `import { eight } from "./made_${Deno.pid}.ts";\nDeno.removeSync("made_${Deno.pid}.ts");\neight`,
  ],
  [
    "a module whose name an earlier cell makes up",
    `Deno.writeTextFileSync(["late", ".ts"].join(""), "export const nine = 9;"); 0`,
    `import { nine } from "./late.ts";\nDeno.removeSync("late.ts");\nnine`,
  ],
  [
    "an error that a listener of the notebook's own has seen to",
    `const seen: unknown[] = [];
     const take = (event: Event & { reason?: unknown; error?: unknown }) => {
       event.preventDefault();
       seen.push(event.reason ?? event.error);
     };
     for (const kind of ["unhandledrejection", "error"]) addEventListener(kind, take); 0`,
    `Promise.reject(10);
     await new Promise((heard) => setTimeout(heard));
     reportError(11);
     seen`,
  ],
  [
    "a class that stands for a promise",
    `const { Promise: whole } = globalThis;
     globalThis.Promise = class { then() {} } as never; 0`,
    `globalThis.Promise = whole; 12`,
  ],
];
Deno.test("what the kernel takes is not refused before, and gives the same", async (t) => {
  // All in one notebook: a kernel's start is what takes long.
  const sources = accepted.flatMap(([, ...cells]) => cells);
  using workspace = new Workspace();
  const kernel = await Kernel.start(workspace.folder, new AbortController().signal);
  const alone = notebookOf(sources).cells as CodeCell[];
  const collector = new OutputCollector();
  kernel.onPublished = (message) => collector.take(message);
  for (const cell of alone) {
    collector.collectInto(cell);
    assertEquals((await kernel.execute(cell.source, false)).status, "ok", cell.source);
    await kernel.fence();
  }
  await kernel.kill();
  const { result, cells: ran } = await runCells(sources);
  assertEquals(result.failures, []);
  for (const [what, ...cells] of accepted) {
    await t.step(what, () => {
      const at = cells.map((cell) => sources.indexOf(cell));
      assertEquals(at.map((i) => shown(ran[i])), at.map((i) => shown(alone[i])));
      assertEquals(shown(ran[at.at(-1)!]).length, 1);
    });
  }
});

Deno.test("an import that may fail keeps nothing else from running", async () => {
  const { result, cells } = await runCells([
    { tags: ["raises-exception"], source: 'import "npm:no-such-package-of-ours@1.0.0"; 1' },
    { tags: ["raises-exception"], source: 'import "./no_such_file.ts"; 1' },
    'import { parse } from "npm:@babel/parser@8.1.3"; 2',
  ]);
  assertEquals(result.failures, []);
  const kinds = cells.map(({ outputs }) => outputs[0].output_type);
  assertEquals(kinds, ["error", "error", "execute_result"]);
});

Deno.test("a file is tried as its cell imports it, and what only a server answers when it is there", async () => {
  const { result } = await runCells([
    'import own from "./case.ipynb" with { type: "text" };\ntypeof own',
    { tags: ["raises-exception"], source: 'import "./case.ipynb" with { type: "none" };' },
    "const serve = 0;",
    'import "http://127.0.0.1:1/nobody.js";',
  ]);
  const [{ cell, name }] = result.failures;
  assertEquals([result.cellsDone, cell.id, name], [3, "c4", "TypeError"]);
});

Deno.test("JSON is imported by the older word, too", async () => {
  using workspace = new Workspace();
  workspace.write("rows.json", "[5]");
  const cell = `import rows from "./rows.json" assert { type: "json" };\nrows`;
  const file = workspace.write("case.ipynb", notebookOf([cell]));
  const { code, stderr } = await runCommand([file, "--out", workspace.out, "--to", "none"])
    .output();
  assertEquals(code, 0, textOf(stderr));
  assertEquals(shown(workspace.executed().cells[0] as CodeCell), ["[ 5 ]"]);
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
