/** Chapters run from top to bottom in their quick sets, as a reader would run them. */
import { assert, assertEquals, assertGreater } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  codeCells,
  type MimeBundle,
  type Notebook,
  tagsOf,
} from "../../lib/press/notebook/notebook.ts";
import { parseNotebook } from "../../lib/press/notebook/parse_notebook.ts";
import { shortChapter, sized } from "../press/lab/fixture_checkout.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The files of all chapters, in order. */
const chapters = [...Deno.readDirSync(join(root, "notebooks"))]
  .filter(({ isFile, name }) => isFile && /^\d\d_.*\.ipynb$/.test(name))
  .map(({ name }) => name)
  .sort();

/** Runs a chapter; its exit code, what it said and the notebook with its outputs. */
async function runQuick(chapter: string): Promise<{ code: number; words: string; ran: Notebook }> {
  const out = await Deno.makeTempDir();
  try {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      // What becomes of it as a post is post/chapters_test's, for all of them at once.
      args: ["task", "run", join("notebooks", chapter), "--quick", "--out", out, "--to", "none"],
      cwd: root,
    }).output();
    return { code, words: new TextDecoder().decode(stderr), ran: await ranIn(out, chapter) };
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

/** How often a chapter is run at most until its claims hold: something else may disturb a run. */
const RUNS = 3;

/** The run of a chapter that nothing disturbed, if there is one. */
async function runUndisturbed(chapter: string): Promise<Awaited<ReturnType<typeof runQuick>>> {
  for (let runs = 1;; runs++) {
    const one = await runQuick(chapter);
    if (runs === RUNS || !one.words.includes("ClaimError: ")) return one;
  }
}

/** The notebook with its outputs in a run's folder; an empty one where there is none. */
async function ranIn(out: string, chapter: string): Promise<Notebook> {
  const file = join(out, "notebooks", chapter);
  const text = await Deno.readTextFile(file).catch(() => `{"nbformat":4,"cells":[]}`);
  return parseNotebook(text, chapter);
}

/** What a notebook displays, by MIME type. */
function displays(notebook: Notebook): MimeBundle[] {
  return codeCells(notebook).flatMap((cell) =>
    cell.outputs.flatMap((output) => "data" in output ? [output.data] : [])
  );
}

/** Registers the tests of every sixth chapter: small shares, so that none is waited for in the end. */
export function testEverySixth(from: number): void {
  chapters.filter((_, i) => i % 6 === from - 1).forEach(testChapter);
}

function testChapter(chapter: string): void {
  Deno.test(`${chapter} runs in quick mode and shows its charts and tables`, async () => {
    const { code, words, ran } = await runUndisturbed(chapter);
    assertEquals(code, 0, words);
    const shown = displays(ran);
    const charts = shown.filter((data) => "application/vnd.vegalite.v5+json" in data);
    assertGreater(charts.length, 2, "charts");
    assert(
      charts.every((data) => "image/png" in data && "text/plain" in data),
      "a chart in all forms",
    );
    assert(shown.some((data) => "text/html" in data), "a table");
    const failed = codeCells(ran).filter((cell) =>
      !tagsOf(cell).includes("raises-exception") &&
      cell.outputs.some((output) => output.output_type === "error")
    );
    assertEquals(failed.map((cell) => cell.id), []);
  });

  Deno.test(`${chapter} declares a quick set, and keeps its cells short`, async () => {
    const text = await Deno.readTextFile(join(root, "notebooks", chapter));
    const notebook = parseNotebook(text, chapter);
    const lab = notebook.metadata.lab as { quick?: Record<string, unknown> } | undefined;
    assertGreater(Object.keys(lab?.quick ?? {}).length, 0);
    const long = codeCells(notebook).filter((cell) => cell.source.split("\n").length > 25);
    assertEquals(long.map((cell) => cell.id), []);
  });
}

/** Registers the test of a chapter, with sizes smaller still, where there are no other languages. */
export function testWithoutPeers(chapter: string, sizes: Record<string, number>): void {
  Deno.test(`${chapter} runs without Go and Python, and shows what was recorded of them`, async () => {
    // Its claims are on trial where its peers are: here it may run beside other tests.
    using checkout = shortChapter(chapter);
    const args = [chapter, "--quick", ...sized(sizes), "--out", checkout.home, "--to", "none"];
    const { code, err } = await checkout.run("lib/press/tasks/run.ts", args, { PATH: "/nowhere" });
    assertEquals(code, 0, err);
    const tables = displays(await ranIn(checkout.home, chapter)).map((data) =>
      String(data["text/plain"])
    );
    const standIns = tables.filter((text) => text.includes("install") && text.includes("recorded"));
    assertEquals(standIns.length, 1);
    assert(/python3/.test(standIns[0]) && /\d{4}-\d\d-\d\d/.test(standIns[0]), standIns[0]);
  });
}
