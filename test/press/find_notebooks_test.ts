import { assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import { configOf, findNotebooks, kernelFolder } from "../../lib/press/notebook/find_notebooks.ts";
import { NotebookError } from "../../lib/press/notebook/notebook.ts";
import { notebookOf, root, Workspace } from "./fixture.ts";

Deno.test("a path names a notebook anywhere; a file that is not there lists what is", () => {
  using workspace = new Workspace();
  const file = workspace.write("mine.ipynb", notebookOf([]));
  assertEquals(findNotebooks([file]), [file]);
  assertThrows(() => findNotebooks([file + "x"]), NotebookError, "There are:");
});

Deno.test("two notebooks that would overwrite each other's copy are refused", () => {
  using one = new Workspace();
  using other = new Workspace();
  const files = [one, other].map((workspace) => workspace.write("same.ipynb", notebookOf([])));
  assertThrows(() => findNotebooks(files), NotebookError, "one would overwrite the other");
  assertThrows(() => findNotebooks([files[0], files[0]]), NotebookError, "named twice");
});

Deno.test("a kernel runs beside its notebook under a deno.json, else in the project", () => {
  using workspace = new Workspace();
  assertEquals(kernelFolder(join(workspace.folder, "a.ipynb")), join(root, "notebooks"));
  Deno.mkdirSync(join(workspace.folder, "deep"));
  const config = workspace.write("deno.json", "{}");
  assertEquals(
    kernelFolder(join(workspace.folder, "deep", "a.ipynb")),
    join(workspace.folder, "deep"),
  );
  assertEquals(configOf(join(workspace.folder, "deep")), config);
});
