/** `deno task run --save` and `--fresh`, run for real in a project of its own. */
import {
  assertEquals,
  assertFalse,
  assertGreaterOrEqual,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import { type Cell, formatNotebook, type Notebook } from "../../../lib/press/notebook/notebook.ts";
import { parseNotebook } from "../../../lib/press/notebook/parse_notebook.ts";
import { recordOf } from "../../../lib/press/record/record.ts";
import { staleNotebooks } from "../../check.ts";
import { runCommand } from "../fixture.ts";
import { code, fixtureProject, notebook, prose } from "./fixture_project.ts";

/** A project whose notebook notes in runs.txt that it ran. */
class SavedProject implements Disposable {
  #project = fixtureProject({
    "deno.json": `{"imports": {"lab": "./lib/mod.ts"}}`,
    "lib/mod.ts": `export { answer } from "./answer.ts";\n`,
    "lib/answer.ts": `export const answer = () => 42;\n`,
  });
  readonly file = join(this.#project.root, "notebooks", "01_answer.ipynb");
  readonly executed = join(this.#project.root, "out", "notebooks", "01_answer.ipynb");

  constructor(cells: Cell[] = []) {
    const all = [
      prose("# What is the answer?"),
      code(`import { answer } from "lab";`),
      code(`const n = 1;`, ["parameters"]),
      code(`Deno.writeTextFileSync("../runs.txt", "ran\\n", { append: true });`),
      code(`console.log(n * answer(), "in", Deno.realPathSync("."));`),
      ...cells,
    ];
    Deno.writeTextFileSync(this.file, formatNotebook(notebook(all)));
  }

  get root(): string {
    return this.#project.root;
  }

  get text(): string {
    return Deno.readTextFileSync(this.file);
  }

  get runs(): number {
    return Deno.readTextFileSync(join(this.root, "runs.txt")).split("\n").length - 1;
  }

  edit(change: (notebook: Notebook) => void): void {
    const edited = parseNotebook(this.text, this.file);
    change(edited);
    Deno.writeTextFileSync(this.file, formatNotebook(edited));
  }

  async run(...args: string[]): Promise<{ code: number; said: string }> {
    const out = ["--out", join(this.root, "out"), "--to", "none"];
    const { code, stderr } = await runCommand([this.file, ...out, ...args]).output();
    return { code, said: new TextDecoder().decode(stderr) };
  }

  stale(): Promise<string[]> {
    return staleNotebooks(join(this.root, "notebooks"));
  }

  [Symbol.dispose](): void {
    this.#project[Symbol.dispose]();
  }
}

Deno.test("save: a notebook gets the outputs of a full run, its record, nothing of this machine", async () => {
  const far = `{ data: { "text/plain": "1 of 2" }, metadata: { progress: true }, transient: {} }`;
  using project = new SavedProject([code(`await Deno.jupyter.broadcast("display_data", ${far});`)]);
  assertStringIncludes((await project.stale())[0], "it has never been run and saved");
  assertEquals((await project.run("--save")).code, 0);
  assertEquals(await project.stale(), []);
  const executed = Deno.readTextFileSync(project.executed);
  assertEquals([executed, project.text].map((text) => text.includes('"1 of 2"')), [true, false]);
  const saved = parseNotebook(project.text, project.file);
  const [, , , , last] = saved.cells as { outputs?: { text: string }[] }[];
  assertEquals(last.outputs?.[0].text, "42 in notebooks\n");
  assertEquals(recordOf(saved)?.environment.deno, Deno.version.deno);
  assertEquals(Object.keys(saved.metadata.lab as object), ["record"]);
  assertFalse(project.text.includes(project.root));
  assertFalse(/iopub|\d\d:\d\d:\d\d/.test(project.text), "says when its cells ran");

  const before = project.text;
  assertEquals((await project.run("--save", "--fresh")).code, 0);
  assertEquals(project.runs, 2);
  assertEquals(project.text, before, "the same outputs are the same bytes");
});

Deno.test("save: the record says how long each cell took, for whoever waits for it with a class", async () => {
  const slow = { ...code("await new Promise((done) => setTimeout(done, 300));"), id: "slow" };
  using project = new SavedProject([slow]);
  const page = join(project.root, "notebooks", "TEACHING.md");
  const item = (time: string) => `- It takes <!-- time of 01_answer -->${time}<!-- end -->.\n`;
  Deno.writeTextFileSync(page, item("ages") + item("").replace("answer", "question"));
  assertEquals((await project.run("--save")).code, 0);
  assertMatch(Deno.readTextFileSync(page), /-->about \d+ s<!-- end -->\.\n.*question --></);
  const { seconds } = recordOf(parseNotebook(project.text, project.file))!;
  assertGreaterOrEqual(seconds.slow, 0.3);
  assertFalse("p21" in seconds, "prose takes no time");
});

Deno.test("save: check says that a saved notebook is stale, and which part changed", async () => {
  using project = new SavedProject();
  await project.run("--save");
  project.edit((edited) => edited.cells[0].source = "# Another question");
  assertEquals(await project.stale(), []);
  Deno.writeTextFileSync(
    join(project.root, "lib", "answer.ts"),
    "export const answer = () => 7;\n",
  );
  project.edit((edited) => edited.cells[2].source = "const n = 2;");
  assertEquals(await project.stale(), [
    "stale: 01_answer.ipynb\n  its code cells changed\n  lib/answer.ts changed\n" +
    "  deno task run 01_answer --save\n",
  ]);
});

Deno.test("save: takes parameters into the record with their cell, and no quick run", async () => {
  using project = new SavedProject();
  const quick = await project.run("--save", "--quick");
  assertEquals(quick.code, 2);
  assertStringIncludes(quick.said, "saved outputs are those of a full run");
  await project.run("--save", "-p", "n=2");
  assertStringIncludes(project.text, "84 in notebooks");
  assertEquals(await project.stale(), []);
  project.edit((edited) => edited.cells.splice(3, 1));
  assertStringIncludes((await project.stale())[0], "the parameters set for the run changed");
});

Deno.test("save: code that was edited while it ran is left alone", async () => {
  using project = new SavedProject([
    code(
      `const text = Deno.readTextFileSync("01_answer.ipynb");
Deno.writeTextFileSync("01_answer.ipynb", text.replace("const n = 1", "const n = 3"));`,
    ),
  ]);
  const { code: exit, said } = await project.run("--save");
  assertEquals(exit, 2);
  assertMatch(said, /edited while it ran; not saved/);
  assertStringIncludes(project.text, "const n = 3");
});

Deno.test("run: what has not changed is not run again, unless --fresh", async () => {
  using project = new SavedProject();
  await project.run();
  assertStringIncludes((await project.run()).said, "not run again");
  project.edit((edited) => edited.cells[0].source = "# Another question");
  await project.run();
  assertEquals(project.runs, 1);
  assertStringIncludes(Deno.readTextFileSync(project.executed), "# Another question");

  await project.run("--fresh");
  assertEquals(project.runs, 2);
  await project.run("-p", "n=2");
  assertEquals(project.runs, 3);
  Deno.writeTextFileSync(
    join(project.root, "lib", "answer.ts"),
    "export const answer = () => 7;\n",
  );
  await project.run("-p", "n=2");
  assertEquals(project.runs, 4);
  assertStringIncludes(Deno.readTextFileSync(project.executed), "14 in");
});
