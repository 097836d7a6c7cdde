import { assertEquals, assertStringIncludes } from "@std/assert";
import { compileError, DOES_NOT_PARSE } from "../../lib/press/cells/compile_cell.ts";

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
  "using a = null;\n<any> a!",
  "function twice() { }\nfunction twice() { }",
  "type T = string",
  "",
];
for (const source of good) {
  Deno.test(`compiles: ${source.split("\n")[0] || "nothing"}`, () => {
    assertEquals(compileError(source), undefined);
  });
}

const bad: [source: string, message: string][] = [
  ["const a = ;", DOES_NOT_PARSE],
  ["return 3", "Illegal return"],
  ["if (await x) { return; }", "Illegal return"],
  ["let a = 1;\nlet a = 2;", "already been declared"],
  ["import.meta.url", "import.meta"],
  ["with (a) { }", "with statement"],
  ["/(/", "Unterminated group"],
  ["class A { m() { return this.#x; } }", "#x"],
];
for (const [source, message] of bad) {
  Deno.test(`does not compile: ${source.split("\n")[0]}`, () => {
    assertStringIncludes(compileError(source) ?? "", message);
  });
}
