/** Which cells are suspected of not compiling, and which of those the kernel refuses. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { mayNotCompile, refusal } from "../../lib/press/cells/check_cells.ts";
import { Kernel } from "../../lib/press/kernel/kernel.ts";
import type { CellProblem } from "../../lib/press/cells/cell_modules.ts";
import { parseSource } from "../../lib/press/notebook/syntax.ts";
import { notebookOf } from "./fixture.ts";

const good = [
  "1",
  "await fetch('x')",
  'import a, { type B } from "c";\nimport type { D } from "d";\na as B & D',
  "const f = async () => { await 1; return 3; };\nawait f();",
  "for await (const x of y) (() => { return x; })();",
  'const word = "return"; // return',
  "enum E { A }\nabstract class Q { constructor(private x: number) { } }",
  "export const q = 3;\nexport default q;",
  "@decorated class A { }",
  "using free = null;\n<any> free!",
  "function twice() { }\nfunction twice() { }",
  "type T = string",
  "",
];
const bad: [source: string, message: string][] = [
  ["const a = ;", ""],
  ["return 3", "Illegal return"],
  ["if (await x) { return; }", "Illegal return"],
  ["let a = 1;\nlet a = 2;", "already been declared"],
  ["import.meta.url", "import.meta"],
  ["with (a) { }", "with statement"],
  ["/(/", "Unterminated group"],
  ["class A { m() { return this.#x; } }", "#x"],
];

Deno.test("check: what the kernel compiles is let through, and so is what only seems not to", async () => {
  await using kernel = await scratch();
  for (const source of good) {
    assertEquals([source, await refused(kernel, source)], [source, undefined]);
  }
});

Deno.test("check: what does not compile is suspected, and refused with the kernel's words", async () => {
  await using kernel = await scratch();
  for (const [source, message] of bad) {
    assert(mayNotCompile(parseSource(source)), source);
    assertStringIncludes(await refused(kernel, source) ?? "compiles", message);
  }
});

const unexplained: [source: string, line: number, message: string][] = [
  ["if (1) {\n  2", 2, "Unexpected end of input"],
  ["1;\nconst s = 'a", 2, "Unterminated string constant."],
  ["\n\nyield", 3, "Unexpected reserved word 'yield'."],
  ["/** @jsx el */\n<b>{1}</b>;\nfor (;;) {\n", 4, "Unexpected end of input"],
  ["1;\nimport.meta.url", 2, "the kernel gives no reason"],
];
Deno.test("check: where the kernel says nothing, what is wrong is told, and its line", async () => {
  await using kernel = await scratch();
  for (const [source, line, message] of unexplained) {
    const problem = mayNotCompile(parseSource(source));
    assertEquals([problem?.line, problem?.message], [line, message]);
    const said = await refused(kernel, source);
    assertEquals(said !== undefined, true, source);
  }
});

Deno.test("check: most cells are not suspected of anything", () => {
  const suspected = good.filter((source) => mayNotCompile(parseSource(source)));
  assertEquals(suspected, ["function twice() { }\nfunction twice() { }"]);
});

async function scratch() {
  const kernel = await Kernel.start(Deno.cwd(), new AbortController().signal);
  return Object.assign(kernel, { [Symbol.asyncDispose]: () => kernel.kill() });
}

function refused(kernel: Kernel, source: string): Promise<string | undefined> {
  const [cell] = notebookOf([source]).cells;
  return refusal(kernel, { cell } as CellProblem);
}
