import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { dirname, join } from "node:path";
import { codeCells } from "../../lib/press/notebook/notebook.ts";
import { notebookOf, runCommand, shown, textOf, Workspace } from "./fixture.ts";

const quick = () =>
  notebookOf(
    [{ tags: ["parameters"], source: "const n = 150;\nconst label = 'x';" }, "n + label"],
    { lab: { quick: { n: 30 } } },
  );

Deno.test("--quick takes the notebook's quick set, -p goes before it, --json says it all", async () => {
  using workspace = new Workspace();
  const file = workspace.write("quick.ipynb", quick());
  const args = [file, "--quick", "-p", "label=y", "--out", workspace.out, "--to", "none", "--json"];
  const { code, stdout, stderr } = await runCommand(args).output();
  assertEquals(code, 0, textOf(stderr));
  const { notebooks: [{ seconds, ...notebook }], ...rest } = JSON.parse(textOf(stdout));
  assertEquals(rest, { exitCode: 0, error: null });
  assertEquals(typeof seconds, "number");
  assertEquals(notebook, {
    path: file,
    out: `${workspace.out}/notebooks/quick.ipynb`,
    status: "done",
    reused: false,
    parameters: { n: 30, label: "y" },
    cells: { run: 3, total: 3 },
    failures: [],
  });
  assertEquals(shown(codeCells(workspace.executed("quick.ipynb"))[2]), ['"30y"']);
  const told = textOf(stderr).split("\n").filter((line) => line.includes("cell"));
  assert(told[0].includes("quick.ipynb: done, 3 cells in ") && !told[0].includes("\r"), told[0]);
  assertEquals([...Deno.readDirSync(dirname(notebook.out))].length, 1, "nothing half-written left");
});

Deno.test("the first failure ends the run: exit code 1, later notebooks are not run", async () => {
  using workspace = new Workspace();
  const files = ["a", "b", "c"].map((name) =>
    workspace.write(`${name}.ipynb`, notebookOf(["1", name === "b" ? "\nnull.x" : "2"]))
  );
  const { code, stdout, stderr } = await runCommand([
    ...files,
    ...["--out", workspace.out, "--to", "none", "--json"],
  ]).output();
  assertEquals(code, 1);
  const { notebooks } = JSON.parse(textOf(stdout));
  const told = notebooks.map((notebook: Record<string, unknown>) => notebook.status);
  assertEquals(told, ["done", "failed", "not run"]);
  const [failure] = notebooks[1].failures;
  assertEquals([failure.cell, failure.line, failure.source], [2, 2, "null.x"]);
  assertEquals(notebooks[2].out, null);
  assertStringIncludes(textOf(stderr), "b.ipynb: cell 2 (In [2]), line 2: TypeError");
});

Deno.test("nothing runs when a later notebook cannot", async () => {
  using workspace = new Workspace();
  const good = workspace.write("good.ipynb", notebookOf(["1"]));
  const bad = workspace.write("bad.ipynb", notebookOf(["const ;"]));
  const { code } = await runCommand([good, bad, "--out", workspace.out]).output();
  assertEquals(code, 1);
  const written = [...Deno.readDirSync(`${workspace.out}/notebooks`)].map(({ name }) => name);
  assertEquals(written, ["bad.ipynb"]);
});

Deno.test("a dead kernel is exit code 3, a time-out 4", async () => {
  using workspace = new Workspace();
  const dead = workspace.write("dead.ipynb", notebookOf(["Deno.exit(0)"]));
  const slow = workspace.write("slow.ipynb", notebookOf(["for (;;);"]));
  const out = ["--out", workspace.out];
  assertEquals((await runCommand([dead, ...out]).output()).code, 3);
  const { code, stderr } = await runCommand([slow, ...out, "--cell-timeout", "0.5"]).output();
  assertEquals(code, 4);
  assertStringIncludes(textOf(stderr), "not done after 0.5 s (--cell-timeout)");
});

Deno.test("bad usage and unreadable notebooks are exit code 2, before anything runs", async () => {
  using workspace = new Workspace();
  const good = workspace.write("good.ipynb", quick());
  const torn = workspace.write("torn.ipynb", '{"nbformat": 4, "cells": [');
  const old = workspace.write("old.ipynb", '{"nbformat": 3, "worksheets": []}');
  const python = { language: "python", name: "python3" };
  const other = workspace.write("other.ipynb", notebookOf(["print(1)"], { kernelspec: python }));
  const cases: [args: string[], message: string][] = [
    [["--no-such-option"], "--no-such-option"],
    [["no_such_notebook"], "no such notebook"],
    [[workspace.folder], "is a folder"],
    [[good, torn], "torn.ipynb: is not JSON"],
    [[good, old], "old.ipynb: is nbformat 3"],
    [[good, other], "other.ipynb: its cells are in python"],
    [[good, "-p", "n"], "write name=value"],
    [[good, "-p", "m=3"], "n: number = 150"],
    [[good, "-p", "n=many"], 'n takes a number, not the string "many"'],
    [[good, "-p", "n=null"], "n takes a number, not null. There are"],
    [[good, "--timeout", "-1"], "--timeout -1"],
  ];
  const outputs = await Promise.all(
    cases.map(([args]) => runCommand([...args, "--out", workspace.out, "--json"]).output()),
  );
  cases.forEach(([args, message], i) => {
    assertEquals(outputs[i].code, 2, args.join(" "));
    assertStringIncludes(textOf(outputs[i].stderr), message);
    const { exitCode, error } = JSON.parse(textOf(outputs[i].stdout));
    assert(exitCode === 2 && error.includes(message.replace("torn.ipynb: ", "")), error);
  });
  assert(![...Deno.readDirSync(workspace.folder)].some(({ name }) => name === "out"));
});

Deno.test("an executed copy takes the place of no notebook but an earlier copy", async () => {
  using workspace = new Workspace();
  const cells = notebookOf(["1 + 1"]);
  Deno.mkdirSync(join(workspace.folder, "notebooks"));
  const file = workspace.write("notebooks/own.ipynb", cells);
  const before = Deno.readTextFileSync(file);
  const into = (out: string, name: string) =>
    runCommand([name, "--out", out, "--to", "none"]).output();
  const refused = await into(workspace.folder, file);
  assertStringIncludes(textOf(refused.stderr), "own.ipynb: would be its own executed copy");
  assertEquals([refused.code, Deno.readTextFileSync(file)], [2, before]);
  const copy = join(workspace.out, "notebooks", "own.ipynb");
  const codes = [(await into(workspace.out, file)).code, (await into(workspace.out, copy)).code];
  assertEquals(codes, [0, 0]);
});

Deno.test("a configuration that Deno cannot use is one sentence and exit code 2", async () => {
  const broken: [name: string, text: string, said: RegExp][] = [
    ["deno.json", '{"imports": ', /deno\.json'?: Unterminated object/],
    ["deno.jsonc", "[1]", /deno\.jsonc'?: invalid/],
    ["deno.json", '{"importMap": "./none.json"}', /none\.json'?: No such file/],
    ["deno.lock", '{"version": "12"}', /deno\.lock'?: Unsupported lockfile version '12'/],
    ["deno.lock", '{"version": "5", "npm', /deno\.lock'?: Failed parsing/],
  ];
  await Promise.all(broken.map(async ([name, text, said]) => {
    using workspace = new Workspace();
    workspace.write("deno.json", "{}");
    if (name === "deno.jsonc") Deno.removeSync(`${workspace.folder}/deno.json`);
    workspace.write(name, text);
    const file = workspace.write("case.ipynb", notebookOf(["1"]));
    const { code, stdout, stderr } = await runCommand([file, "--out", workspace.out, "--json"])
      .output();
    const { exitCode, error } = JSON.parse(textOf(stdout));
    assertEquals([code, exitCode, textOf(stderr).trim()], [2, 2, error]);
    assertEquals(error.split("\n").length, 1);
    assertMatch(error, said);
    assertMatch(error, /case\.ipynb: cannot run: /);
  }));
});

Deno.test("a configuration with comments is one, and files beside a notebook are found", async () => {
  using workspace = new Workspace();
  const out = ["--out", workspace.out, "--to", "none"];
  workspace.write("one.ts", "export const one = 1;");
  const bare = workspace.write("bare.ipynb", notebookOf(['import { one } from "./one.ts";\none']));
  assertEquals((await runCommand([bare, ...out]).output()).code, 0);
  const both = workspace.write(
    "both.ipynb",
    notebookOf(['import { one } from "./one.ts";\nimport { show } from "lab";']),
  );
  const { code, stderr } = await runCommand([both, ...out]).output();
  assertEquals(code, 1);
  assertStringIncludes(textOf(stderr), "Put it and its files into notebooks/mine/");
  workspace.write("deno.jsonc", '{ // short\n "imports": { "#one": "./one.ts", } }');
  const mapped = workspace.write("map.ipynb", notebookOf(['import { one } from "#one";\none']));
  assertEquals((await runCommand([mapped, ...out]).output()).code, 0);
});

Deno.test("--help tells the options, the exit codes and how a quick set is named", async () => {
  const { code, stdout } = await runCommand(["--help"]).output();
  assertEquals(code, 0);
  const help = textOf(stdout);
  const told = ["--quick", "-p", "--out", "--timeout", "--cell-timeout", "--json", '"quick": {"n"'];
  for (const word of [...told, "4 timed out"]) assertStringIncludes(help, word);
});

Deno.test("what the system refuses, as to write below a file, is said in a sentence", async () => {
  using workspace = new Workspace();
  const file = workspace.write("case.ipynb", notebookOf(["1"]));
  const args = [file, "--to", "none", "--json", "--out", workspace.write("taken", "")];
  const { code, stdout, stderr } = await runCommand(args).output();
  const { error, exitCode } = JSON.parse(textOf(stdout));
  assertEquals([code, exitCode, textOf(stderr).includes("\n    at ")], [2, 2, false]);
  assertStringIncludes(error, "taken");
  assertStringIncludes(textOf(stderr), error);
});
