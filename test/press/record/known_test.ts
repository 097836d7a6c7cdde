/** A run is skipped only when all that it depends on is known and is as it was. */
import { assertEquals } from "@std/assert";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeCell } from "../../../lib/press/notebook/notebook.ts";
import { readJob } from "../../../lib/press/run/job.ts";
import { unnotedIn, unnotedInModule } from "../../../lib/press/record/unnoted.ts";
import { runJobs } from "../../../lib/press/tasks/session.ts";
import {
  noLimits,
  noScreen,
  notebookOf,
  printed,
  runCommand,
  textOf,
  Workspace,
} from "../fixture.ts";

type Files = Record<string, string>;

/** A folder with a notebook, run as often as a test likes. */
class Folder implements Disposable {
  readonly workspace = new Workspace();
  readonly #file: string;

  constructor(files: Files, cells: (folder: string) => string[]) {
    this.write({ "deno.json": "{}", ...files });
    this.#file = this.workspace.write("case.ipynb", notebookOf(cells(this.workspace.folder)));
  }

  write(files: Files): void {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.workspace.folder, name);
      Deno.mkdirSync(dirname(path), { recursive: true });
      Deno.writeTextFileSync(path, text);
    }
  }

  /** What the last cell printed, and whether that came from a run before. */
  async run(): Promise<{ text: string; reused: boolean }> {
    const [{ reused, failures, status }] = await runJobs(
      [readJob(this.#file, this.workspace.out, false, new Map())],
      {
        limits: noLimits,
        signal: new AbortController().signal,
        screen: noScreen,
        fresh: false,
        onResult() {},
      },
    );
    assertEquals([failures, status], [[], "done"]);
    const last = this.workspace.executed().cells.at(-1) as CodeCell;
    return { text: printed(last).trim(), reused };
  }

  [Symbol.dispose](): void {
    this.workspace[Symbol.dispose]();
  }
}

const helper = (n: number) => `export const answer = ${n};\n`;
const read = `console.log(await Deno.readTextFile("rows.csv"));`;

/** What changes between two runs, and cells that show it. */
const changing: [
  what: string,
  files: Files,
  changed: Files,
  cells: (folder: string) => string[],
][] = [
  [
    "a module by a name in a deno.jsonc",
    {
      "deno.json": "{}",
      "sub/deno.jsonc": '{ // names\n "imports": { "a": "./a.ts", }, }',
      "sub/a.ts": helper(1),
      "a.ts": `export { answer } from "./sub/b.ts";`,
      "sub/b.ts": `export * from "./a.ts";`,
    },
    { "sub/a.ts": helper(2) },
    () => [`import { answer } from "./a.ts";`, `console.log(answer);`],
  ],
  [
    "what an external import map leads to",
    {
      "deno.json": '{"importMap": "maps/one.json"}',
      "maps/one.json": '{"imports":{"x":"../a.ts"}}',
      "a.ts": helper(1),
      "b.ts": helper(2),
    },
    { "maps/one.json": '{"imports":{"x":"../b.ts"}}' },
    () => [`import { answer } from "x";\nconsole.log(answer);`],
  ],
  [
    "the second module of a line",
    { "a.ts": helper(1), "b.ts": "export const b = 0;" },
    { "a.ts": helper(2) },
    () => [`import { b } from "./b.ts"; import { answer } from "./a.ts"; console.log(answer + b);`],
  ],
  [
    "a module named by a template",
    { "a.ts": helper(1) },
    { "a.ts": helper(2) },
    () => ["const { answer } = await import(`./a.ts`);\nconsole.log(answer);"],
  ],
  [
    "a module by its whole path, and by its address",
    { "a.ts": helper(1), "b.ts": helper(1) },
    { "a.ts": helper(2), "b.ts": helper(1) },
    (folder) => [
      `import { answer as one } from ${JSON.stringify(join(folder, "a.ts"))};
import { answer as two } from "${pathToFileURL(join(folder, "b.ts"))}";\nconsole.log(one - two);`,
    ],
  ],
  [
    "JSON that a module imports",
    {
      "a.ts":
        `import rows from "./rows.json" with { type: "json" };\nexport const answer = rows[0];`,
      "rows.json": "[1]",
    },
    { "rows.json": "[2]" },
    () => [`import { answer } from "./a.ts";\nconsole.log(answer);`],
  ],
  [
    "a module whose name is made while running",
    { "one.ts": helper(1), "two.ts": helper(2), "which.txt": "one" },
    { "one.ts": helper(3) },
    () => [`const name = "o" + "ne";\nconsole.log((await import(\`./\${name}.ts\`)).answer);`],
  ],
  ["a file that a cell reads", { "rows.csv": "1" }, { "rows.csv": "2" }, () => [read]],
  [
    "a file that a module reads by node:fs, by a name it makes",
    {
      "a.ts": `import { readFileSync } from "node:fs";
export const answer = () => readFileSync("data/" + "rows" + ".csv", "utf8");`,
      "data/rows.csv": "1",
    },
    { "data/rows.csv": "2" },
    () => [`import { answer } from "./a.ts";\nconsole.log(answer());`],
  ],
  [
    "what a worker imports, and what it reads",
    {
      "worker.ts": `import { answer } from "./deep.ts";
postMessage(answer + Deno.readTextFileSync("rows.csv"));`,
      "deep.ts": helper(1),
      "rows.csv": "1",
    },
    { "deep.ts": helper(2) },
    (folder) => [
      `const worker = new Worker("${pathToFileURL(join(folder, "worker.ts"))}", { type: "module" });
console.log(await new Promise((resolve) => worker.onmessage = ({ data }) => resolve(data)));
worker.terminate();`,
    ],
  ],
  [
    "a file that comes in where a cell looked for one",
    {},
    { "extra.txt": "" },
    () => [`import { existsSync } from "node:fs";\nconsole.log(existsSync("ext" + "ra.txt"));`],
  ],
  [
    "a file in a folder that a cell lists",
    { "rows/1.csv": "" },
    { "rows/2.csv": "" },
    () => [`console.log([...Deno.readDirSync("ro" + "ws")].length);`],
  ],
  [
    "what a program reads that a cell starts",
    { "rows.csv": "1", "cat.ts": `console.log(Deno.readTextFileSync("rows" + ".csv"));` },
    { "rows.csv": "2" },
    () => [
      `const args = ["run", "-A", "cat.ts"];
console.log(new TextDecoder().decode(
  new Deno.Command(Deno.execPath(), { args }).outputSync().stdout));`,
    ],
  ],
  [
    "what a program reads that a module starts",
    {
      "rows.csv": "1",
      "cat.ts": `console.log(Deno.readTextFileSync("rows" + ".csv"));`,
      "a.ts": `const command = new Deno.Command(Deno.execPath(), { args: ["run", "-A", "cat.ts"] });
export const answer = new TextDecoder().decode(command.outputSync().stdout);`,
    },
    { "rows.csv": "2" },
    () => [`import { answer } from "./a.ts";\nconsole.log(answer);`],
  ],
  [
    "what a module imports that is written into its address",
    { "a.ts": helper(1) },
    { "a.ts": helper(2) },
    (folder) => {
      const code = `export * from ${JSON.stringify(pathToFileURL(join(folder, "a.ts")).href)};`;
      return [
        `const { answer } = await import("data:text/javascript,${encodeURIComponent(code)}");
console.log(answer);`,
      ];
    },
  ],
  [
    "what the configuration makes of JSX",
    { "deno.json": '{"compilerOptions": {"jsx": "react", "jsxFactory": "one"}}' },
    { "deno.json": '{"compilerOptions": {"jsx": "react", "jsxFactory": "two"}}' },
    () => ["const one = () => 1, two = () => 2;\nconsole.log(<i></i>);"],
  ],
  [
    "a package that lies beside the notebook",
    {
      "package.json": '{"dependencies": {"near": "1.0.0"}}',
      "node_modules/near/package.json": '{"name": "near", "version": "1.0.0", "main": "a.js"}',
      "node_modules/near/a.js": "exports.answer = 1;",
    },
    { "node_modules/near/a.js": "exports.answer = 2;" },
    () => [`import near from "near";\nconsole.log(near.answer);`],
  ],
];
for (const [what, files, changed, cells] of changing) {
  Deno.test(`known: run again when changed: ${what}`, async () => {
    using folder = new Folder(files, cells);
    const before = await folder.run();
    folder.write(changed);
    const after = await folder.run();
    assertEquals([before.reused, after.reused, after.text === before.text], [false, false, false]);
  });
}

const standing: [what: string, files: Files, cells: string[]][] = [
  ["a file was read, and is as it was", { "rows.csv": "1" }, [read]],
  [
    "a module that reads a file by its own address",
    {
      "lib/a.ts":
        `export const answer = await Deno.readTextFile(new URL("./a.txt", import.meta.url));`,
      "lib/a.txt": "1",
    },
    [`import { answer } from "./lib/a.ts";\nconsole.log(answer);`],
  ],
  [
    "files that the cells made themselves",
    {},
    [
      `const file = Deno.makeTempFileSync();
Deno.writeTextFileSync(file, "1"); console.log(Deno.readTextFileSync(file)); Deno.removeSync(file);
Deno.writeTextFileSync("made.txt", "2"); console.log(Deno.readTextFileSync("made.txt"));`,
    ],
  ],
];
for (const [what, files, cells] of standing) {
  Deno.test(`known: not run again: ${what}`, async () => {
    using folder = new Folder(files, () => cells);
    const before = await folder.run();
    const after = await folder.run();
    assertEquals([before.reused, after.reused, after.text], [false, true, before.text]);
  });
}

Deno.test("known: run again when a variable it read has another value, and where that may be secret", async () => {
  using workspace = new Workspace();
  const run = async (name: string, value: string) => {
    const cell = `console.log(Deno.env.get("LAB_" + "${name}"));`;
    const file = workspace.write(`${name}.ipynb`, notebookOf([cell]));
    const args = [file, "--out", workspace.out, "--to", "none", "--json"];
    const { stdout } = await runCommand(args, { env: { [`LAB_${name}`]: value } }).output();
    return JSON.parse(textOf(stdout)).notebooks[0].reused;
  };
  const words = [await run("WORD", "a"), await run("WORD", "a"), await run("WORD", "b")];
  assertEquals(words, [false, true, false]);
  assertEquals([await run("TOKEN", "a"), await run("TOKEN", "a")], [false, false]);
  const kept = Deno.readTextFileSync(join(workspace.out, "notebooks", "TOKEN.ipynb"));
  assertEquals(/"\$\w*TOKEN"/.test(kept), false);
});

Deno.test("known: what reads without being noted is told from what names its files", () => {
  const cells: [code: string, unnoted: string | undefined][] = [
    [`const program = Deno.Command;`, "starts a program"],
    [`const { Command } = Deno;`, "starts a program"],
    [`import { exec } from "node:child_process";`, "starts a program"],
    [`process.chdir("..");`, "changes the folder"],
    [`createRequire(import.meta.url)("./a" + ".cjs");`, "requires modules"],
    [`pl.readCSV(file)`, "makes up the name of a file"],
    [`const { scanParquet } = pl;`, "makes up the name of a file"],
    [`pl.readCSV("rows.csv"); pl.scanParquet ( 'rows.parquet' )`, undefined],
    [`await Deno.readTextFile(file)`, undefined],
  ];
  for (const [code, unnoted] of cells) assertEquals(unnotedIn(code), unnoted, code);
  assertEquals(unnotedInModule(`pl.readCSV("rows.csv")`), "makes up the name of a file");
  assertEquals(unnotedInModule("Deno.readTextFileSync(file)"), undefined);
});

Deno.test("known: run again when a file it read was changed meanwhile", async () => {
  const counting = `const n = Number(Deno.readTextFileSync("n.txt")) + 1;
Deno.writeTextFileSync("n.txt", String(n));\nconsole.log(n);`;
  using folder = new Folder({ "n.txt": "0" }, () => [counting]);
  const texts = [await folder.run(), await folder.run(), await folder.run()];
  assertEquals(texts.map(({ text }) => text), ["1", "2", "3"]);
});
