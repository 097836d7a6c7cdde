import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { codeCells, type JsonObject, tagsOf } from "../../lib/press/notebook/notebook.ts";
import { Kernel } from "../../lib/press/kernel/kernel.ts";

import { printed, runCells, shown } from "./fixture.ts";

Deno.test("each cell keeps its own outputs, in order: lines, displays, results", async () => {
  const cells = Array.from(
    { length: 30 },
    (_, i) =>
      `for (let i = 0; i < 10; i++) console.log("${i}:" + i);
       await Deno.jupyter.display({ "text/plain": "display ${i}" }, { raw: true });
       "result ${i}"`,
  );
  const run = await runCells(cells);
  assertEquals(run.result.status, "done");
  run.cells.forEach((cell, i) => {
    assertEquals(printed(cell), Array.from({ length: 10 }, (_, line) => `${i}:${line}\n`).join(""));
    assertEquals(shown(cell), [`display ${i}`, `"result ${i}"`]);
    assertEquals(cell.execution_count, i + 1);
  });
});

Deno.test("a display is updated from a later cell, and its metadata is kept", async () => {
  const broadcast = (type: string, text: string) =>
    `await Deno.jupyter.broadcast("${type}", {
       data: { "text/plain": "${text}" }, metadata: { width: 5 }, transient: { display_id: "d" },
     });`;
  const { cells } = await runCells([
    broadcast("display_data", "old"),
    broadcast("update_display_data", "new"),
  ]);
  assertEquals(cells.map(shown), [["new"], []]);
  const [output] = cells[0].outputs;
  assertEquals(output.output_type === "display_data" && output.metadata, { width: 5 });
});

Deno.test("what a cell prints later goes to the cell that runs then", async () => {
  const { cells } = await runCells([
    'const later = Promise.withResolvers<void>();\nlater.promise.then(() => console.log("late"));',
    "later.resolve();\nawait new Promise((resolve) => setTimeout(resolve, 5));",
  ]);
  assertEquals(cells.map(printed), ["", "late\n"]);
});

Deno.test("cells see what earlier ones declared; the runner's own names are not among it", async () => {
  const { cells, result } = await runCells([
    'import { join } from "node:path";\nconst a = 1;\nlet b = 2;',
    "join(String(a), String(b)) + typeof report + typeof kind",
  ]);
  assertEquals(result.status, "done");
  assertEquals(shown(cells[1]), ['"1/2undefinedundefined"']);
});

Deno.test("tags: skip-execution is passed over, raises-exception may fail and need not", async () => {
  const { cells, result } = await runCells([
    { tags: ["skip-execution"], source: "this does not parse" },
    { tags: ["raises-exception"], source: 'throw new RangeError("shown")' },
    { tags: ["raises-exception"], source: "nor does this" },
    { tags: ["raises-exception"], source: 'Promise.reject(new Error("alone")); 0' },
    { tags: ["raises-exception"], source: "1 + 1" },
    '"reached"',
  ]);
  assertEquals(result.status, "done");
  const errors = cells.map((cell) =>
    cell.outputs.flatMap((output) => output.output_type === "error" ? [output.evalue] : [])
  );
  assertEquals(errors.map((list) => list.length), [0, 1, 1, 1, 0, 0]);
  assertEquals([errors[1][0], errors[3][0]], ["shown", "alone"]);
  assertStringIncludes(errors[2][0], "does not parse");
  assertEquals(cells.map((cell) => cell.execution_count), [null, 1, 2, 3, 4, 5]);
});

Deno.test("parameters are set after their defaults and before all else", async () => {
  const { cells, result } = await runCells(
    [
      { tags: ["parameters"], source: "const n: number = 150;\nlet label = 'all';" },
      "n + label",
    ],
    { values: { n: 30, label: "some" } },
  );
  assertEquals(result.status, "done");
  assertEquals(cells.map(tagsOf), [["parameters"], ["injected-parameters"], []]);
  assertEquals(shown(cells[2]), ['"30some"']);
});

Deno.test("a failing cell ends the run; what ran is kept, the rest is empty", async () => {
  const { cells, result } = await runCells([
    'console.log("kept")',
    'console.log("before");\nnull.x;',
    "1",
  ]);
  assertEquals([result.status, result.cellsDone], ["failed", 1]);
  assertEquals(cells.map(printed), ["kept\n", "before\n", ""]);
  assertEquals(cells.map((cell) => cell.execution_count), [1, 2, null]);
  assertEquals(cells[1].outputs.at(-1)?.output_type, "error");
});

Deno.test("cells record when they ran, and outputs of an earlier run are gone", async () => {
  const { result } = await runCells(["1", "null.x", "3"]);
  const timed = codeCells(result.job.notebook).map((cell) => "execution" in cell.metadata);
  assertEquals(timed, [true, true, false]);
  const { "iopub.execute_input": start, "shell.execute_reply": end } = codeCells(
    result.job.notebook,
  )[0].metadata.execution as Record<string, string>;
  assert(Date.parse(start) <= Date.parse(end));
});

Deno.test("relative imports start at the kernel's folder, and the project's names are known", async () => {
  const { result } = await runCells([
    'import { clock } from "../lib/press/tasks/progress_line.ts";',
    'import { Command } from "commander";\nclock(65) + typeof Command',
  ]);
  assertEquals(result.failures, []);
});

Deno.test("JSX and TypeScript that only one of the two parsers takes are both let through", async () => {
  const { result } = await runCells([
    "const React = { createElement: (name: string) => name };",
    "const a = <b />;\na",
    "const c = <any>3;\nc",
  ]);
  assertEquals(result.failures, []);
});

Deno.test("no cell runs beside what is being prepared", async () => {
  let prepared = "";
  // As long as it takes other kernels to start and to run a cell.
  const prepare = async () => {
    for (const code of ["1", "2"]) {
      const kernel = await Kernel.start(Deno.cwd(), new AbortController().signal);
      await kernel.execute(code, true);
      await kernel.kill();
    }
    prepared = new Date().toISOString();
  };
  const { cells: [cell] } = await runCells(["3"], { ready: prepare() });
  const { "iopub.execute_input": started } = cell.metadata.execution as JsonObject;
  assert(String(started) >= prepared && prepared !== "", `${started}, and ready at ${prepared}`);
});
