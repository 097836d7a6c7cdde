/** A run is skipped only when all that it depends on is known and is as it was. */
import { assert, assertEquals } from "@std/assert";
import { dirname, join } from "node:path";
import type { CodeCell } from "../../../lib/press/notebook/notebook.ts";
import { digestFile } from "../../../lib/press/record/digest.ts";
import { readJob } from "../../../lib/press/run/job.ts";
import { reuseExecuted } from "../../../lib/press/record/executed_copy.ts";
import { modulesOf, provenanceOf } from "../../../lib/press/record/stamp.ts";
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
import { changes, type Files, helper, standing } from "./changes.ts";

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

  /** Removes what is not as it was, and writes what was. */
  restore(files: Files, changed: Files): void {
    for (const name of Object.keys(changed)) Deno.removeSync(join(this.workspace.folder, name));
    this.write(files);
  }

  #job() {
    return readJob(this.#file, this.workspace.out, false, new Map());
  }

  /** Whether the next run would be skipped, as {@link run} decides it. */
  async stands(): Promise<boolean> {
    const job = this.#job();
    using modules = await modulesOf(job.notebook, job.cwd, new AbortController().signal);
    return reuseExecuted(job, await provenanceOf(job.notebook, modules)) !== undefined;
  }

  /** What the cells printed, each and the last one, and whether that came from a run before. */
  async run(): Promise<{ texts: string[]; text: string; reused: boolean }> {
    const [{ reused, failures, status }] = await runJobs(
      [this.#job()],
      {
        limits: noLimits,
        signal: new AbortController().signal,
        screen: noScreen,
        fresh: false,
        onResult() {},
        ready: Promise.resolve(),
      },
    );
    assertEquals([failures, status], [[], "done"]);
    const texts = (this.workspace.executed().cells as CodeCell[]).map((cell) =>
      printed(cell).trim()
    );
    return { texts, text: texts.at(-1)!, reused };
  }

  [Symbol.dispose](): void {
    this.workspace[Symbol.dispose]();
  }
}

Deno.test("known: run again when one of many things is changed, and not once it is as it was", async (t) => {
  const all = [...changes, ...standing].map((each, i) => ({ ...each, at: `of_cell_${i + 1}` }));
  const placed = (at: string, files: Files) =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${at}/${name}`, text]));
  using folder = new Folder(
    Object.assign({}, ...all.map(({ at, files }) => placed(at, files))),
    (root) => all.map(({ at, cell }) => cell(at, join(root, at))),
  );
  const before = await folder.run();
  assertEquals(before.reused, false);
  const changing = all.slice(0, changes.length);
  for (const { what, at, files, changed } of changing) {
    await t.step(what, async () => {
      folder.write(placed(at, changed));
      const known = await folder.stands();
      folder.restore(placed(at, files), placed(at, changed));
      assertEquals([known, await folder.stands()], [false, true]);
    });
  }
  await t.step("each of them shows in the cell that reads it, and in no other", async (t) => {
    for (const { at, changed } of changing) folder.write(placed(at, changed));
    const after = await folder.run();
    const others = all.filter((_, i) => after.texts[i] !== before.texts[i]);
    assertEquals([after.reused, others], [false, changing]);
    await t.step(`not run again for ${standing.map(({ what }) => what).join(", ")}`, async () => {
      const again = await folder.run();
      assertEquals([again.reused, again.texts], [true, after.texts]);
    });
  });
});

/** Changes of what holds for a folder as a whole, or what never counts as known. */
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
    "a module whose name is made while running",
    { "one.ts": helper(1), "two.ts": helper(2), "which.txt": "one" },
    { "one.ts": helper(3) },
    () => [`const name = "o" + "ne";\nconsole.log((await import(\`./\${name}.ts\`)).answer);`],
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
    "what the configuration makes of JSX",
    { "deno.json": '{"compilerOptions": {"paths": {}, "jsx": "react", "jsxFactory": "one"}}' },
    { "deno.json": '{"compilerOptions": {"paths": {}, "jsx": "react", "jsxFactory": "two"}}' },
    () => ["const one = () => 1, two = () => 2;\nconsole.log(<i></i>);"],
  ],
  [
    "what the configuration switches on",
    { "deno.json": '{"unstable": []}' },
    { "deno.json": '{"unstable": ["kv"]}' },
    () => ["console.log(typeof Deno.openKv);"],
  ],
  [
    "what a module takes of a package.json",
    {
      "sub/package.json": '{"version": "1.0.0"}',
      "a.ts": `export { default as of } from "./sub/package.json" with { type: "json" };`,
    },
    { "sub/package.json": '{"version": "2.0.0"}' },
    () => [`import { of } from "./a.ts";\nconsole.log(of.version);`],
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

Deno.test("known: not run again: files that the cells made themselves", async () => {
  const making = `const file = Deno.makeTempFileSync();
Deno.writeTextFileSync(file, "1"); console.log(Deno.readTextFileSync(file)); Deno.removeSync(file);
Deno.writeTextFileSync("made.txt", "2"); console.log(Deno.readTextFileSync("made.txt"));`;
  using folder = new Folder({}, () => [making]);
  const before = await folder.run();
  const after = await folder.run();
  assertEquals([before.reused, after.reused, after.text], [false, true, before.text]);
  folder.write({ "made.txt": "3" });
  assertEquals((await folder.run()).reused, false);
});

Deno.test("known: run again where it asks a server that it has not started", async () => {
  let answers = 0;
  const options = { hostname: "127.0.0.1", port: 0, onListen() {} };
  await using server = Deno.serve(options, () => new Response(`${++answers}`));
  const asking = (port: string) =>
    `console.log(await (await fetch(\`http://127.0.0.1:${port}/\`)).text());`;
  using others = new Folder({}, () => [asking(`${server.addr.port}`)]);
  assertEquals([(await others.run()).text, (await others.run()).text], ["1", "2"]);
  const module = { "ask.ts": asking(`${server.addr.port}`) };
  using byModule = new Folder(module, () => [`await import("./ask.ts");`]);
  assertEquals([(await byModule.run()).text, (await byModule.run()).text], ["3", "4"]);
  const unnamed = "await fetch(`http://localhost/`).catch(() => {}); console.log(1);";
  using byDefault = new Folder({}, () => [unnamed]);
  assertEquals([(await byDefault.run()).reused, (await byDefault.run()).reused], [false, false]);
  const serving = `const server = Deno.serve({ port: 0, onListen() {} }, () => new Response("3"));`;
  using own = new Folder({}, () => [serving, asking("${server.addr.port}")]);
  assertEquals([(await own.run()).reused, (await own.run()).reused], [false, true]);
});

Deno.test("known: a folder is another one when a folder stands in it where a file stood", () => {
  using folder = new Workspace();
  const kinds = [() => Deno.writeTextFileSync(path, ""), () => Deno.mkdirSync(path)];
  const path = join(folder.folder, "entry");
  const hashes = kinds.map((make) => {
    make();
    const hash = digestFile(folder.folder);
    Deno.removeSync(path);
    return hash;
  });
  assert(hashes[0] !== hashes[1]);
});

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
    [`Deno.spawnAndWaitSync("cat", ["a.txt"]);`, "starts a program"],
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
