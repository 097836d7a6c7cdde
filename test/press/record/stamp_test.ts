/** The stamp: what changes it, what does not, and what is said of it. */
import { assertEquals, assertNotEquals } from "@std/assert";
import { join } from "node:path";
import { NO_ACCESS } from "../../../lib/press/kernel/kernel_process.ts";
import { injectParameters } from "../../../lib/press/notebook/parameters.ts";
import { newRecord } from "../../../lib/press/record/record.ts";
import { withReads } from "../../../lib/press/record/reads.ts";
import { reasonsStale } from "../../../lib/press/record/stale.ts";
import {
  modulesOf,
  provenanceOf,
  type Stamp,
  withEarlierData,
} from "../../../lib/press/record/stamp.ts";
import type { Notebook } from "../../../lib/press/notebook/notebook.ts";
import { jsonTexts } from "../fixture.ts";
import { code, fixtureProject, fixtureText, notebook, prose } from "./fixture_project.ts";

type Changes = Record<string, string | undefined>;

/** The stamp after a run that read one of the data files, or, with the stamp of one, as it is now. */
async function stamp(changes: Changes = {}, given: Notebook = notebook(), earlier?: Stamp) {
  using project = fixtureProject(changes);
  const cwd = join(project.root, "notebooks");
  using modules = await modulesOf(given, cwd, new AbortController().signal);
  const now = await provenanceOf(given, modules);
  if (earlier !== undefined) return withEarlierData(now, earlier);
  const accessed = { ...NO_ACCESS, read: ["../data/more.csv"] };
  return withReads(now, accessed, modules, new Date(Date.now() + 1000)).stamp;
}

/** What is said of the fixture's record once the project or the notebook has changed. */
async function reasons(changes: Changes, given: Notebook = notebook()): Promise<string[]> {
  const before = await stamp();
  return reasonsStale(newRecord(notebook(), before), await stamp(changes, given, before), given);
}

function lockfile(change: (lock: Record<string, Record<string, unknown>>) => void): Changes {
  const lock = JSON.parse(fixtureText("deno.lock"));
  change(lock);
  return { "deno.lock": JSON.stringify(lock) };
}

Deno.test("stamp: holds the files, data and packages that the cells reach, and no others", async () => {
  const { lib, data, packages } = await stamp();
  assertEquals(Object.keys(lib), [
    "lib/charts/bars.ts",
    "lib/charts/mod.ts",
    "lib/charts/theme.ts",
    "lib/load.ts",
    "lib/mod.ts",
    "lib/worker.ts",
  ]);
  assertEquals(Object.keys(data), ["data/more.csv", "data/rows.csv"]);
  assertEquals(Object.keys(packages), ["npm:pack@1.2.3"]);
});

Deno.test("stamp: is the same wherever the project lies and however its lines end", async () => {
  const files = ["lib/load.ts", "lib/mod.ts", "lib/charts/bars.ts", "data/rows.csv"];
  const crlf = files.map((name) => [name, fixtureText(name).replaceAll("\n", "\r\n")]);
  const cells = notebook();
  for (const cell of cells.cells) cell.source = cell.source.replaceAll("\n", "\r\n");
  assertEquals(await stamp(Object.fromEntries(crlf), cells), await stamp());
});

Deno.test("stamp: prose, display tags and what nothing reaches leave it alone", async () => {
  const edited = notebook([
    prose("# Another question"),
    ...notebook().cells.slice(1, 4),
    prose("More prose."),
    code(`charts.bars(load(), "../data/more.csv");`, ["hide-input", "remove-stderr"], "done\n"),
    code("await Deno.remove('x');", ["skip-execution"]),
    code(" \n"),
  ]);
  const changes = {
    "lib/unused.ts": "export const unused = 2;\n",
    "lib/charts/lines.ts": "export const lines = () => 1;\n",
    "lib/shape.ts": "export interface Shape { a: 1 }\n",
    "deno.json": fixtureText("deno.json").replace(`"tasks":{}`, `"tasks":{"new":"deno --version"}`),
    "lib/mod.ts": fixtureText("lib/mod.ts") + `export { more } from "./more.ts";\n`,
  };
  assertEquals(await reasons(changes, edited), []);
});

Deno.test("stamp: what JSR or other packages put into the lockfile leaves it alone", async () => {
  const changes = lockfile((lock) => {
    lock.jsr = { "@std/assert@1.0.19": { integrity: "x" } };
    lock.specifiers["jsr:@std/assert@^1"] = "1.0.19";
    lock.npm["another@1.0.0"] = { integrity: "sha512-z" };
    delete lock.npm["other@2.0.0"];
    delete lock.specifiers["npm:other@2"];
    // Two versions of a name: then the one meant is written out.
    lock.npm["deep@2.0.0"] = { integrity: "sha512-y" };
    (lock.npm["pack@1.2.3"] as { dependencies: string[] }).dependencies = ["deep@1.0.0"];
  });
  assertEquals(await reasons(changes), []);
});

Deno.test("stale: says which part changed", async () => {
  const edit = (index: number, source: string) => {
    const given = notebook();
    given.cells[index].source = source;
    return given;
  };
  const n20 = notebook();
  injectParameters(n20, jsonTexts({ n: 20 }), "a.ipynb");
  const more = notebook();
  more.cells.push(code("more();"));
  const other = notebook();
  (other.cells[4] as { outputs: unknown[] }).outputs = [];
  const deep = lockfile((lock) => {
    lock.npm["deep-linux@1.0.1"] = { integrity: "sha512-new" };
    delete lock.npm["deep-linux@1.0.0"];
  });
  const config = fixtureText("deno.json").replace("1.2.3", "1.3.0");

  assertEquals(await reasons({}, edit(2, "const n = 11;")), ["its code cells changed"]);
  assertEquals(await reasons({}, more), ["its code cells changed"]);
  assertEquals(await reasons({}, n20), ["the parameters set for the run changed"]);
  assertEquals(await reasons({}, other), ["its outputs are not the recorded ones"]);
  assertEquals(await reasons({ "lib/charts/theme.ts": "export const theme = 2;\n" }), [
    "lib/charts/theme.ts changed",
  ]);
  assertEquals(
    await reasons({ "lib/worker.ts": "//\n", "data/rows.csv": "a,b\n", "data/more.csv": "" }),
    [
      "lib/worker.ts changed",
      "data/more.csv changed",
      "data/rows.csv changed",
    ],
  );
  assertEquals(
    await reasons({
      "lib/charts/bars.ts": `import "./extra.ts";\nexport const bars = () => 1;\n`,
      "lib/charts/extra.ts": "export {};\nconsole.log(1);\n",
    }),
    [
      "lib/charts/bars.ts changed",
      "lib/charts/extra.ts changed",
      "lib/charts/theme.ts changed",
    ],
  );
  assertEquals(await reasons(deep), ["the package pack@1.2.3 changed"]);
  assertEquals(await reasons({ "deno.json": config }), [
    "the package pack@1.2.3 changed",
    "the package pack@1.3.0 changed",
  ]);
});

Deno.test("stamp: a namespace used as a whole is followed as a whole", async () => {
  const whole = notebook([
    code(`import { charts } from "lab";\nconsole.log(Object.keys(charts));`),
  ]);
  const { lib } = await stamp({}, whole);
  assertEquals(Object.keys(lib).filter((name) => name.endsWith("lines.ts")), [
    "lib/charts/lines.ts",
  ]);
  const emptied = await stamp({ "lib/charts/lines.ts": "" }, whole);
  assertNotEquals(emptied.hash, (await stamp({}, whole)).hash);
});

Deno.test("stamp: what was built on this machine is no part of it, since another checkout has none", async () => {
  using project = fixtureProject({ ".lab/peers/built": "1", "_site/posts/a.html": "2" });
  using modules = await modulesOf(
    notebook(),
    join(project.root, "notebooks"),
    new AbortController().signal,
  );
  const before = await provenanceOf(notebook(), modules);
  const read = ["../.lab/peers/built", "../_site/posts/a.html", "../data/more.csv"];
  const after = withReads(before, { ...NO_ACCESS, read }, modules, new Date(Date.now() + 1000));
  assertEquals(Object.keys(after.stamp.data), ["data/more.csv", "data/rows.csv"]);
});
