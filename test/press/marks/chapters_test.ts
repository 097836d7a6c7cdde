/** Every exercise of every chapter, as a student finds it and as the chapter solves it. */
import { assertEquals, assertGreater } from "@std/assert";
import { basename, join } from "node:path";
import { editionOf } from "../../../lib/press/lab/copies.ts";
import { readAssignment } from "../../../lib/press/marks/assignment.ts";
import { markStudent } from "../../../lib/press/marks/mark_class.ts";
import { findNotebooks } from "../../../lib/press/notebook/find_notebooks.ts";
import type { Notebook } from "../../../lib/press/notebook/notebook.ts";
import { readNotebook } from "../../../lib/press/notebook/parse_notebook.ts";
import { denoDir } from "../lab/fixture_checkout.ts";

const packages = join(await denoDir(), "npm");

for (const file of findNotebooks([])) {
  const name = basename(file);

  Deno.test(`${name}: checks say "not started" of the stubs, and "correct" of the solutions`, async () => {
    const assignment = readAssignment(file);
    assertGreater(assignment.exercises.length, 0);
    const states = async (notebook: Notebook) => {
      const submission = { student: "a", assignment, notebook, problem: "" };
      const marking = { limit: 30, packages, signal: new AbortController().signal };
      const marks = await markStudent(submission, marking);
      return marks.map(({ exercise, state, words }) =>
        ["not started", "correct"].includes(state)
          ? `${exercise}: ${state}`
          : `${exercise}: ${state}. ${words}`
      );
    };
    const solved = await states(readNotebook(file, name));
    assertEquals(solved.filter((said) => !/: correct$/.test(said)), []);
    const stubs = await states(editionOf(file, "student", "/"));
    assertEquals(stubs, solved.map((said) => said.replace("correct", "not started")));
  });
}
