// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import { configOf, findNotebooks } from "../../lib/press/notebook/find_notebooks.ts";
import { kernelFolder } from "../../lib/press/notebook/kernel_folder.ts";
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

Deno.test("a kernel runs beside its notebook, unless only the project knows what it imports", () => {
  using workspace = new Workspace();
  const folderOf = (source: string, name = "a.ipynb") =>
    kernelFolder(join(workspace.folder, name), notebookOf([source]));
  const bare = 'import { show } from "lab";', relative = 'import { a } from "./a.ts";';
  assertEquals(folderOf(bare), join(root, "notebooks"));
  assertEquals(folderOf(`const { show } = await import("lab/peers");`), join(root, "notebooks"));
  assertEquals(folderOf(relative), workspace.folder);
  assertEquals(folderOf('import "npm:x@1"; import "node:fs"; // from "lab"'), workspace.folder);
  workspace.write("package.json", '{"dependencies": {"lab": "1"}}');
  assertEquals(folderOf(bare), workspace.folder);
  Deno.mkdirSync(join(workspace.folder, "deep"));
  const config = workspace.write("deno.json", "{}");
  assertEquals(folderOf("import 'undici'", "deep/a.ipynb"), join(workspace.folder, "deep"));
  assertEquals(configOf(join(workspace.folder, "deep")), config);
});
