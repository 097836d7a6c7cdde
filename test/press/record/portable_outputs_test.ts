/** Outputs are written without the paths of the machine. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals } from "@std/assert";
import { homedir } from "node:os";
import { join } from "node:path";
import { makePortable } from "../../../lib/press/record/executed_copy.ts";
import { code, notebook } from "./fixture_project.ts";

function portable(text: string, root: string): string {
  const one = notebook([code("", [], text)]);
  makePortable(one, root);
  return (one.cells[0] as unknown as { outputs: { text: string }[] }).outputs[0].text;
}

Deno.test("portable outputs: paths start at the project's root or at home", () => {
  const cases = [
    ["at f (file:///srv/lab/lib/a.ts:3:4)", "at f (lib/a.ts:3:4)"],
    ["/srv/lab/data/x.csv, /srv/lab", "data/x.csv, ."],
    [
      "/srv/labs/x and http://127.0.0.1/srv/lab/x",
      "/srv/labs/x and http://127.0.0.1/srv/lab/x",
    ],
    // In a container a user without a home has the root for one, and that stands for nothing.
    [`"${join(homedir(), "notes.txt")}"`, `"${homedir() === "/" ? "" : "~"}/notes.txt"`],
    ["nothing at all", "nothing at all"],
  ];
  for (const [text, expected] of cases) assertEquals(portable(text, "/srv/lab"), expected);
});

Deno.test("portable outputs: what is shown in any form is covered, pictures are not touched", () => {
  const one = notebook([code("")]);
  const data = {
    "application/json": { where: ["/srv/lab/a"] },
    "text/html": "<b>/srv/lab/b</b>",
    "image/png": "/srv/lab/",
  };
  Object.assign(one.cells[0], { outputs: [{ output_type: "display_data", data, metadata: {} }] });
  makePortable(one, "/srv/lab");
  assertEquals((one.cells[0] as unknown as { outputs: { data: unknown }[] }).outputs[0].data, {
    "application/json": { where: ["a"] },
    "text/html": "<b>b</b>",
    "image/png": "/srv/lab/",
  });
});
