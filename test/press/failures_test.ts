import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { describeResult } from "../../lib/press/tasks/run_report.ts";
import type { CodeCell } from "../../lib/press/notebook/notebook.ts";
import {
  type CellSource,
  notebookOf,
  printed,
  runCells,
  runCommand,
  textOf,
  Workspace,
} from "./fixture.ts";

const errorsOf = (cell: CodeCell) =>
  cell.outputs.flatMap((output) => output.output_type === "error" ? [output.ename] : []);

interface Case {
  what: string;
  cells: CellSource[];
  status: string;
  /** Number and name of each failure, and what its message says. */
  failures: [cell: number, name: string, message: string][];
  /** Whether cell 1, which prints, had run. */
  ran: boolean;
}

const hello = 'console.log("hello")';
const cases: Case[] = [
  {
    what: "a cell that does not parse is found before anything runs",
    cells: [hello, "// fine\nconst a = ;"],
    status: "failed",
    failures: [[2, "SyntaxError", "Expression expected"]],
    ran: false,
  },
  {
    what: "so is what parses but does not compile",
    cells: [hello, "return 3", "let b = 1;\nlet b = 2;", "import.meta.url"],
    status: "failed",
    failures: [
      [2, "SyntaxError", "Illegal return"],
      [3, "SyntaxError", "'b' has already been declared"],
      [4, "SyntaxError", "import.meta"],
    ],
    ran: false,
  },
  {
    what: "so are a package, a file and a name that are missing",
    cells: [
      hello,
      'import a from "not-in-the-import-map";\nimport b from "./no_such_file.ts";',
      'import { c } from "node:no-such-module";',
    ],
    status: "failed",
    failures: [
      [2, "ImportError", 'cannot import "not-in-the-import-map"'],
      [2, "ImportError", "no_such_file.ts"],
      [3, "ImportError", "node:no-such-module"],
    ],
    ran: false,
  },
  {
    what: "a file that is missing is called what the cell calls it",
    cells: [hello, 'import a from "./gone.ts";\nimport b from "../lib/../gone.ts";'],
    status: "failed",
    failures: [
      [2, "ImportError", 'cannot import "./gone.ts": Module not found "./gone.ts".'],
      [
        2,
        "ImportError",
        'cannot import "../lib/../gone.ts": Module not found "../lib/../gone.ts".',
      ],
    ],
    ran: false,
  },
  {
    what: "nothing that was thrown is told as what the kernel knows of it",
    cells: [hello, "throw undefined;"],
    status: "failed",
    failures: [[2, "Error", "what was thrown is not an Error: null, undefined or the like"]],
    ran: true,
  },
  {
    what: "what an earlier cell keeps from compiling fails when it is its turn",
    cells: [hello, "let b = 1;", "const b = 2;"],
    status: "failed",
    failures: [[3, "SyntaxError", "'b' has already been declared"]],
    ran: true,
  },
  {
    what: "Deno.exit in a cell is a dead kernel",
    cells: [hello, "Deno.exit(7);", "1"],
    status: "died",
    failures: [[2, "KernelDied", "exit code 7: does the cell call Deno.exit?"]],
    ran: true,
  },
  {
    what: "a killed kernel is one, too",
    cells: [hello, 'Deno.kill(Deno.pid, "SIGKILL"); await new Promise(() => {});'],
    status: "died",
    failures: [[2, "KernelDied", "SIGKILL"]],
    ran: true,
  },
  {
    what: "so is a kernel that ends while it displays a result",
    cells: [hello, "({ [Symbol.for('Jupyter.display')]() { Deno.exit(9); } })", "1"],
    status: "died",
    failures: [[2, "KernelDied", "exit code 9"]],
    ran: true,
  },
  {
    what: "an unhandled rejection fails the cell that made it, though it ends at once",
    cells: [hello, 'Promise.reject(new RangeError("nobody looks"));\n0', "1"],
    status: "failed",
    failures: [[2, "UnhandledRejection", "RangeError: nobody looks"]],
    ran: true,
  },
  {
    what: "so does an exception in a timer, on which the kernel alone would hang",
    cells: [
      hello,
      'setTimeout(() => { throw new Error("tick"); }, 1);\n' +
      "await new Promise((resolve) => setTimeout(resolve, 100));",
    ],
    status: "failed",
    failures: [[2, "UncaughtException", "Error: tick"]],
    ran: true,
  },
  {
    what: "asking for standard input fails, and says what asked",
    cells: [hello, 'const name = prompt("Your name?");', 'confirm("Sure?")'],
    status: "failed",
    failures: [[2, "NoStandardInput", "prompt() asks for standard input"]],
    ran: true,
  },
];

for (const { what, cells, status, failures, ran } of cases) {
  Deno.test(what, async () => {
    const run = await runCells(cells);
    assertEquals(run.result.status, status);
    const { job } = run.result;
    assertEquals(
      run.result.failures.map(({ cell, name }) => [job.numberOf(cell), name]),
      failures.map(([cell, name]) => [cell, name]),
    );
    failures.forEach(([, , message], i) => {
      assertStringIncludes(run.result.failures[i].message, message);
    });
    assertEquals(printed(run.cells[0]), ran ? "hello\n" : "");
    for (const [cell] of failures) assertEquals(errorsOf(run.cells[cell - 1]).length > 0, true);
    const described = describeResult(run.result);
    for (const [cell, name] of failures) {
      assertMatch(described, new RegExp(`case\\.ipynb: cell ${cell}\\b.*: ${name}: `));
    }
  });
}

Deno.test("a failure is told with notebook, cell, source line and traceback", async () => {
  const { result } = await runCells(["1", "function f(x: null) {\n  return x.y;\n}\nf(null);"]);
  const [head, source, ...rest] = describeResult(result).split("\n");
  assertMatch(head, /case\.ipynb: cell 2 \(In \[2\]\), line 2: TypeError: Cannot read/);
  assertEquals(source, "  2 |   return x.y;");
  assertMatch(rest.join("\n"), /at f \(<anonymous>[^]*What ran is in .*case\.ipynb$/);
});

Deno.test("minutes and seconds never add up to 60 seconds more", async () => {
  const { result } = await runCells(["1"]);
  for (
    const [seconds, told] of [[59.94, "59.9 s"], [59.96, "1 min 0 s"], [
      119.7,
      "2 min 0 s",
    ]] as const
  ) {
    assertStringIncludes(describeResult({ ...result, seconds }), `1 cell in ${told},`);
  }
});

Deno.test("a kernel that runs out of memory says so", async () => {
  using workspace = new Workspace();
  const source =
    "const kept: unknown[] = [];\nfor (;;) kept.push(Array.from({ length: 1000 }, () => ({})));";
  const file = workspace.write("case.ipynb", notebookOf([source]));
  // The runner is in this environment too, and has to be content with it.
  const env = { DENO_V8_FLAGS: "--max-old-space-size=128" };
  const { code, stderr } = await runCommand([file, "--out", workspace.out], { env }).output();
  assertEquals(code, 3);
  assertStringIncludes(textOf(stderr), "ran out of memory");
});
