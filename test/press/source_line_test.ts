import { assertEquals } from "@std/assert";
import type { CodeCell } from "../../lib/press/notebook/notebook.ts";
import { sourceLine } from "../../lib/press/run/source_line.ts";
import { notebookOf, runCells } from "./fixture.ts";

const at = "FAILS HERE";

/** Cells of which the last fails in a line marked with FAILS HERE. */
const failing: [what: string, ...cells: string[]][] = [
  ["the first line", `null.x; // ${at}`],
  ["below comments and blank lines", `// a\n\n/* b\n\nc */\n\nnull.x; // ${at}`],
  [
    "below types that leave no trace",
    `interface A {\n  a: number;\n}\ntype B = {\n  b: A;\n};\nconst a = 1 as\n  number;\nnull.x; // ${at}`,
  ],
  [
    "below imports of every kind, used or not",
    [
      `import {\n  join,\n  basename as base, // why\n} from "node:path"; import os from 'node:os'`,
      `import * as fs from "node:fs";`,
      `import type { Stats } from "node:fs";`,
      `import "node:url";`,
      `import process, { env } from "node:process";`,
      `join("a", "b");\nnull.x; // ${at}`,
    ].join("\n"),
  ],
  [
    "in a cell with JSX",
    `/** @jsx el */\nconst el = (name: string) => name;\n\n<b>{null.x}</b>; // ${at}`,
  ],
  ["in a callback", `const f = (x: number) => {\n  null.x; // ${at}\n};\n[1].forEach(f);`],
  ["after an await", `await (async () => {\n  await 0;\n\n  null.x; // ${at}\n})();`],
  [
    "where it calls another cell's function",
    "function f() {\n\n\n  [1].map((x) => null.x);\n}",
    `// calls f\nf(); // ${at}`,
  ],
  [
    "below an enum and a class",
    `enum E {\n  A,\n  B }\nclass C { constructor(private x: number) {} }\n\nnull.x; // ${at}`,
  ],
];
for (const [what, ...cells] of failing) {
  Deno.test(`a failing line is found: ${what}`, async () => {
    const { result } = await runCells(cells);
    const [failure] = result.failures;
    assertEquals(failure.name, "TypeError");
    const lines = cells.at(-1)!.split("\n");
    const line = lines.findIndex((text) => text.includes(at)) + 1;
    assertEquals(failure.at, { line, text: lines[line - 1] });
  });
}

Deno.test("a failing line is found: what an earlier cell has declared", async () => {
  const other = "{ const twice = 2; }";
  for (
    const again of [
      "const [one, two] = [1, 2], twice = 3;",
      `import twice from "node:path";`,
      "const { at: [twice = 4] } = { at: [] };",
      "for (var twice = 0; twice < 2; twice++);",
    ]
  ) {
    const { result } = await runCells(["let twice = 1;", `// once more\n${other}\n${again}`]);
    const [{ name, at }] = result.failures;
    assertEquals([name, at], ["SyntaxError", { line: 3, text: again }]);
  }
});

Deno.test("a traceback that leads to no line of the cell gives none", async () => {
  const [cell] = notebookOf(["f();"]).cells as CodeCell[];
  assertEquals(await sourceLine(cell, []), undefined);
  assertEquals(await sourceLine(cell, ["E", "    at g (<anonymous>:2:9)"]), undefined);
  assertEquals(await sourceLine(cell, ["E", "    at <anonymous>:900:9"]), undefined);
});
