import { assert, assertEquals } from "@std/assert";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { codeCells, type Notebook } from "../../lib/press/notebook/notebook.ts";
import { notebookOf, printed, root, runCommand, Workspace } from "./fixture.ts";
import { Witness } from "./witness.ts";

/**
 * A cell that tells the kernel's process id, one that leaves a child, many that take a moment, and
 * one that never ends.
 */
function longNotebook(witness: Witness): Notebook {
  const steps = Array.from({ length: 40 }, (_, i) =>
    `console.log("step ${i}");
     await new Promise((resolve) => setTimeout(resolve, 20));`);
  const never = "await new Promise(() => {});";
  return notebookOf([witness.code, witness.childCode, ...steps, never]);
}

/** The copy on disk: readable, and what it holds is the run's beginning. */
function assertKept(workspace: Workspace): void {
  let notebook;
  try {
    notebook = workspace.executed("long.ipynb");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  const steps = codeCells(notebook).slice(2, -1).map(printed);
  const kept = steps.findIndex((text) => text === "");
  const count = kept < 0 ? steps.length : kept;
  steps.forEach((text, i) => assertEquals(text, i < count ? `step ${i}\n` : ""));
}

/** Numbers in [0, 1) that are the same in every test run (xorshift). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
// A signal to the whole group comes once more, from the task.
const stops: Deno.Signal[][] = [["SIGINT"], ["SIGTERM"], ["SIGTERM", "SIGHUP"]];
for (const signals of stops) {
  Deno.test(`${signals.join(" and ")} ends the kernel and its children, and keeps what ran`, async () => {
    using workspace = new Workspace();
    using witness = new Witness();
    const file = workspace.write("long.ipynb", longNotebook(witness));
    const runner = runCommand([file, "--out", workspace.out, "--fresh"], {
      stdout: "null",
      stderr: "null",
    }).spawn();
    await witness.next();
    await witness.next();
    for (const signal of signals) runner.kill(signal);
    assertEquals((await runner.status).code, 130);
    await witness.allGone();
    assertKept(workspace);
    const ended = codeCells(workspace.executed("long.ipynb"));
    assert(
      ended.some(({ outputs }) =>
        outputs.some((output) => output.output_type === "error" && output.ename === "Interrupted")
      ),
    );
  });
}

Deno.test("a runner killed at any moment leaves no process and no torn file", async () => {
  using workspace = new Workspace();
  const random = seeded(20261121);
  for (let round = 0; round < 4; round++) {
    using witness = new Witness();
    const file = workspace.write("long.ipynb", longNotebook(witness));
    const runner = runCommand([file, "--out", workspace.out, "--fresh"], {
      stdout: "null",
      stderr: "null",
    }).spawn();
    await witness.next();
    if (round > 0) await witness.next();
    await pause(500 * random());
    runner.kill("SIGKILL");
    await runner.status;
    await witness.allGone();
    assertKept(workspace);
  }
});

Deno.test("a kernel killed at any moment is told, and what ran is kept", async () => {
  const random = seeded(7);
  for (let round = 0; round < 3; round++) {
    using workspace = new Workspace();
    using witness = new Witness();
    const file = workspace.write("long.ipynb", longNotebook(witness));
    const runner = runCommand([file, "--out", workspace.out, "--fresh"], {
      stdout: "null",
      stderr: "null",
    }).spawn();
    const kernel = await witness.next();
    await witness.next();
    await pause(500 * random());
    Deno.kill(kernel, "SIGKILL");
    assertEquals((await runner.status).code, 3);
    await witness.allGone();
    assertKept(workspace);
  }
});

Deno.test("the run ends with the task that started it, even one that was killed", async () => {
  using workspace = new Workspace();
  using witness = new Witness();
  const forever = notebookOf([`${witness.code}\nawait new Promise(() => {});`]);
  const file = workspace.write("long.ipynb", forever);
  const task = new Deno.Command(Deno.execPath(), {
    args: ["task", "run", file, "--out", workspace.out],
    cwd: root,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await witness.next();
  task.kill("SIGKILL");
  await task.status;
  await witness.allGone();
  // The runner itself is nobody's child by now; the copy is the last that it writes.
  while (!existsSync(join(workspace.out, "notebooks", "long.ipynb"))) await pause(10);
});
