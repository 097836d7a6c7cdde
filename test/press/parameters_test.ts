// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../lib/ground/usage.ts";
import { NotebookError, tagsOf } from "../../lib/press/notebook/notebook.ts";
import {
  injectParameters,
  parametersOf,
  quickSet,
  withInjected,
} from "../../lib/press/notebook/parameters.ts";
import { parseAssignment } from "../../lib/press/tasks/run_options.ts";
import { jsonTexts, notebookOf, runCells, shown } from "./fixture.ts";

const SOURCE = `// Sizes
const n = 150; // ids
export const deadline: number = 2 * 60
let label = 'a; // b';
const sizes = [1,
  10, // ten
];
const where = { host: "x", deep: [true] };
const rate: number | null = null;
const big = 10_000;
const mode = "fast" as const;
const home = Deno.cwd();
  const inner = 3;
const same = n == 3;
const a = 1, b = -2.5; var c = 10n, { d } = where;`;

const declared = () =>
  notebookOf([{ tags: ["parameters"], source: SOURCE }, "n"], { lab: { quick: { n: 30 } } });

Deno.test("parameters are the variables declared with a value, with literal defaults read", () => {
  const read = parametersOf(declared()).map(({ name, keyword, value }) => [keyword, name, value]);
  assertEquals(read, [
    ["const", "n", 150],
    ["const", "deadline", 120],
    ["let", "label", "a; // b"],
    ["const", "sizes", [1, 10]],
    ["const", "where", { host: "x", deep: [true] }],
    ["const", "rate", null],
    ["const", "big", 10000],
    ["const", "mode", "fast"],
    ["const", "home", undefined],
    ["const", "inner", 3],
    ["const", "same", undefined],
    ["const", "a", 1],
    ["const", "b", -2.5],
    ["var", "c", 10n],
  ]);
});

Deno.test("a default that calls anything is not evaluated to learn its type", () => {
  const source = 'const x = ["".constructor.constructor("globalThis.pwned = 1")()];';
  parametersOf(notebookOf([{ tags: ["parameters"], source }]));
  assertEquals((globalThis as Record<string, unknown>).pwned, undefined);
});

Deno.test("a value typed is JSON, else a string", () => {
  const typed = ["n=30", "n=[1,2]", "label=a=b", 'label="30"', "label=", "x=true"];
  assertEquals(typed.map(parseAssignment), [
    ["n", "30"],
    ["n", "[1,2]"],
    ["label", '"a=b"'],
    ["label", '"30"'],
    ["label", '""'],
    ["x", "true"],
  ]);
  for (const bad of ["n", "=3", "n=1e999"]) {
    assertThrows(() => parseAssignment(bad), UsageError);
  }
});

Deno.test("the cell added comes right after the parameters, in their own words", () => {
  const notebook = declared();
  injectParameters(notebook, jsonTexts({ n: 30, label: 'é"\n', rate: 3, home: "/" }), "a.ipynb");
  assertEquals(notebook.cells.map(tagsOf), [["parameters"], ["injected-parameters"], []]);
  assertEquals(
    notebook.cells[1].source,
    '// Set for this run\nconst n = 30;\nlet label = "é\\"\\n";\nconst rate = 3;\nconst home = "/";\n' +
      "const same = n == 3;",
  );
});

Deno.test("an executed copy run again has its cell renewed, not doubled", () => {
  const notebook = declared();
  injectParameters(notebook, jsonTexts({ n: 30 }), "a.ipynb");
  injectParameters(notebook, jsonTexts({ n: 31 }), "a.ipynb");
  assertEquals(notebook.cells.length, 3);
  assertEquals(
    notebook.cells[1].source,
    "// Set for this run\nconst n = 31;\nconst same = n == 3;",
  );
});

Deno.test("what the parameters' cell computes of one that is set is computed again", async () => {
  const source = "const n = 2;\nconst twice = n * 2;\nconst all = { twice, n: n }, apart = 2 + 1;";
  const { cells } = await runCells(
    [{ tags: ["parameters"], source }, "[n, twice, all.twice + all.n, apart]"],
    { values: { n: 7 } },
  );
  assertEquals(cells[1].source.split("\n").slice(1), [
    "const n = 7;",
    "const twice = n * 2;",
    "const all = { twice, n: n };",
  ]);
  assertEquals(shown(cells[2]), ["[ 7, 14, 21, 3 ]"]);
});

Deno.test("where the parameters' cell does not parse, that is said", () => {
  const broken = notebookOf([{ tags: ["parameters"], source: "const m = 1;\nconst n = ;" }]);
  const inject = () => injectParameters(broken, jsonTexts({ n: 1 }), "a.ipynb");
  assertThrows(inject, NotebookError, "Line 2 of the cell tagged parameters does not parse: ");
});

Deno.test("an unknown name or another type lists names, types and defaults", () => {
  const cases: [Record<string, unknown>, string][] = [
    [{ m: 3 }, "has no parameter m."],
    [{ n: "many" }, 'n takes a number, not the string "many"'],
    [{ label: 3 }, `label takes a string, not the number 3 (as a string: -p 'label="3"')`],
    [{ sizes: {} }, "sizes takes an array, not the object {}"],
  ];
  for (const [values, message] of cases) {
    const inject = () => injectParameters(declared(), jsonTexts(values), "a.ipynb");
    const error = assertThrows(inject, NotebookError, message);
    assertEquals(
      error.message.includes("\n  n: number = 150\n  deadline: number = 2 * 60\n"),
      true,
    );
    assertEquals(error.message.includes("\n  home: anything = Deno.cwd()"), true);
  }
  const inject = () => injectParameters(notebookOf(["1"]), jsonTexts({ n: 1 }), "a.ipynb");
  assertThrows(inject, NotebookError, "tag a cell of declarations `parameters`");
});

Deno.test("the quick set is the notebook's own, if it has one", () => {
  assertEquals(quickSet(declared()), jsonTexts({ n: 30 }));
  assertEquals(quickSet(notebookOf(["1"])), undefined);
});

Deno.test("a BigInt stays one, and a number keeps its digits", () => {
  const big = () => notebookOf([{ tags: ["parameters"], source: "const id = 1n, n = 2;" }]);
  for (const typed of ["id=12345678901234567890", "id=12345678901234567890n"]) {
    const notebook = big();
    injectParameters(
      notebook,
      new Map([parseAssignment(typed), ["n", "12345678901234567890"]]),
      "a.ipynb",
    );
    assertEquals(
      notebook.cells[1].source,
      "// Set for this run\nconst id = 12345678901234567890n;\nconst n = 12345678901234567890;",
    );
  }
  const inject = () => injectParameters(big(), new Map([parseAssignment("id=1.5")]), "a.ipynb");
  assertThrows(inject, NotebookError, "id takes a bigint, not the number 1.5");
});

Deno.test("to readers, the values that a run set stand where they are declared", () => {
  const notebook = declared();
  const before = notebook.cells.length;
  const source = notebook.cells.find((cell) => tagsOf(cell).includes("parameters"))!.source;
  injectParameters(notebook, jsonTexts({ n: 30, label: "x", sizes: [2] }), "a.ipynb");
  const read = withInjected(notebook);
  assertEquals(notebook.cells.length, before + 1);
  assertEquals(read.cells.length, before);
  assertEquals(
    read.cells.find((cell) => tagsOf(cell).includes("parameters"))!.source,
    source.replace("const n = 150", "const n = 30").replace("'a; // b'", '"x"')
      .replace("[1,\n  10, // ten\n]", "[2]"),
  );
  assertEquals(withInjected(notebookOf(["const n = 1;"])).cells[0].source, "const n = 1;");
  assertEquals(withInjected(read), read);
});
