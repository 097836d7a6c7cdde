/** What publishing leaves in a folder, and what it leaves alone there. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { NotebookError } from "../../../lib/press/notebook/notebook.ts";
import { ClashError } from "../../../lib/press/post/site/write_site.ts";
import { chapter } from "./chapter.ts";
import { code, Desk, FRONT, notebook, prose, raw, shown } from "./manuscript.ts";

const ALL = ["html", "markdown", "hugo", "jekyll"] as const;
const post = (title: string, date: string, extra = "") =>
  notebook(raw(`title: ${title}\ndate: ${date}\n${extra}`), prose("Some words."));

Deno.test("publish: the same notebook gives the same bytes, here and elsewhere", async () => {
  using one = new Desk();
  using other = new Desk();
  for (const desk of [one, other]) {
    desk.write("a.ipynb", await chapter());
    await desk.publish(["a.ipynb"], { targets: ALL });
  }
  assertEquals(one.files(), other.files());
  assertEquals(one.read(".published.json"), other.read(".published.json"));
  const again = await one.publish(["a.ipynb"], { targets: ALL });
  assertEquals([again.written, again.removed], [[], []]);
  assertEquals(again.unchanged, Object.keys(one.files()).length);
});

Deno.test("publish: what it made and no longer makes goes, with folders left empty", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", await chapter());
  await desk.publish(["a.ipynb"], { targets: ALL });
  desk.write("a.ipynb", notebook(raw("title: x\ndate: 2026-03-14\nslug: moved"), prose("Hi")));
  await desk.publish(["a.ipynb"], { targets: ALL });
  assertEquals(Object.keys(desk.files()).sort(), [
    "atom.xml",
    "hugo/content/posts/moved/index.md",
    "index.html",
    "jekyll/_posts/2026-03-14-moved.md",
    "markdown/moved/index.md",
    "posts/moved.html",
  ]);
  assert(!desk.read("index.html").includes("what-does-await-cost"));
});

Deno.test("publish: other posts stay unless these are all; other targets stay", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", post("A", "2026-01-01"));
  desk.write("b.ipynb", post("B", "2026-01-02"));
  await desk.publish(["a.ipynb"], { targets: ["html", "hugo"] });
  await desk.publish(["b.ipynb"]);
  await desk.publish(["a.ipynb"]);
  const both = ["atom.xml", "hugo/content/posts/a/index.md", "index.html"];
  assertEquals(Object.keys(desk.files()).sort(), [...both, "posts/a.html", "posts/b.html"]);
  const cards = [...desk.read("index.html").matchAll(/posts\/(\w)\.html/g)].map((match) =>
    match[1]
  );
  assertEquals(cards, ["b", "a"]);
  await desk.publish(["a.ipynb"], { all: true });
  assertEquals(Object.keys(desk.files()).sort(), [...both, "posts/a.html"]);
});

Deno.test("publish: a draft is nowhere without --drafts, and goes when it becomes one", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", post("A", "2026-01-01"));
  await desk.publish(["a.ipynb"]);
  desk.write("a.ipynb", post("A", "2026-01-01", "draft: true"));
  const result = await desk.publish(["a.ipynb"]);
  assertEquals(result.drafts, ["a.ipynb"]);
  assertEquals(Object.keys(desk.files()), ["atom.xml", "index.html"].sort());
  await desk.publish(["a.ipynb"], { drafts: true });
  assertStringIncludes(desk.read("posts/a.html"), "<strong>Draft</strong>");
  assertStringIncludes(desk.read("index.html"), "<strong>Draft</strong>");
});

Deno.test("publish: a file it did not make stops it, named, before anything is touched", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", post("A", "2026-01-01"));
  Deno.mkdirSync(join(desk.out, "posts"), { recursive: true });
  for (const foreign of ["posts/a.html", "index.html"]) {
    Deno.writeTextFileSync(join(desk.out, foreign), "mine");
    const error = await assertRejects(() => desk.publish(["a.ipynb"]), ClashError);
    assertStringIncludes(error.message, join(desk.out, foreign));
    assertEquals(desk.files(), { [foreign]: "mine" });
    Deno.removeSync(join(desk.out, foreign));
  }
  Deno.mkdirSync(join(desk.out, "posts", "a.html"));
  await assertRejects(() => desk.publish(["a.ipynb"]), ClashError);
  Deno.removeSync(join(desk.out, "posts"), { recursive: true });
  Deno.symlinkSync(desk.folder, join(desk.out, "posts"));
  await assertRejects(() => desk.publish(["a.ipynb"]), ClashError);
});

Deno.test("publish: what others put beside its files is left, and so is what they changed", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", await chapter());
  await desk.publish(["a.ipynb"], { targets: ["hugo"] });
  const bundle = join(desk.out, "hugo/content/posts/what-does-await-cost");
  Deno.writeTextFileSync(join(bundle, "mine.txt"), "mine");
  Deno.writeTextFileSync(join(bundle, "index.md"), "improved by hand");
  const again = await assertRejects(
    () => desk.publish(["a.ipynb"], { targets: ["hugo"] }),
    ClashError,
  );
  assertStringIncludes(again.message, "has been changed since it was published");
  desk.write("a.ipynb", notebook(FRONT));
  await desk.publish(["a.ipynb"], { targets: ["hugo"] });
  assertEquals(Deno.readTextFileSync(join(bundle, "index.md")), "improved by hand");
  assertEquals([...Deno.readDirSync(bundle)].map(({ name }) => name).sort(), [
    "index.md",
    "mine.txt",
  ]);
});

Deno.test("publish: a run that was cut off is made good by the next", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", post("A", "2026-01-01"));
  await desk.publish(["a.ipynb"]);
  const settled = desk.read(".published.json");
  desk.write("a.ipynb", post("B", "2026-01-01"));
  // A folder where the feed's partial file would go cuts the second run off among its files.
  const block = join(desk.out, `.atom.xml.${Deno.pid}.partial`);
  Deno.mkdirSync(join(block, "full"), { recursive: true });
  await assertRejects(() => desk.publish(["a.ipynb"]));
  Deno.removeSync(block, { recursive: true });
  assert(desk.read(".published.json") !== settled);
  await desk.publish(["a.ipynb"]);
  assertStringIncludes(desk.read("posts/a.html"), "<h1>B</h1>");
  assertStringIncludes(desk.read("atom.xml"), ">B</title>");
});

Deno.test("publish: a notebook that cannot be a post stops all, with nothing written", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", post("A", "2026-01-01"));
  desk.write("b.ipynb", post("B", "2026-01-01", "slug: a"));
  desk.write("c.ipynb", "{");
  desk.write("d.ipynb", notebook(raw("title: [")));
  for (const [name, problem] of [["b", "slug"], ["c", "JSON"], ["d", "cell 1"], ["e", "read"]]) {
    const publishing = () => desk.publish(["a.ipynb", `${name}.ipynb`]);
    const error = await assertRejects(publishing, NotebookError);
    assertStringIncludes(error.message, `${name}.ipynb`);
    assertStringIncludes(error.message, problem);
  }
  assertEquals([...Deno.readDirSync(desk.folder)].some(({ name }) => name === "out"), false);
});

Deno.test("publish: pictures come from attachments, files beside the notebook and outputs", async () => {
  using desk = new Desk();
  const output = await shown({
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    data: { values: [{ a: 1 }] },
    mark: "bar",
    encoding: { x: { field: "a" } },
  });
  const png = (output as unknown as { data: Record<string, string> }).data["image/png"];
  desk.write("local.png", Uint8Array.fromBase64(png));
  Deno.writeFileSync(join(desk.folder, "..", "outside.png"), Uint8Array.fromBase64(png));
  const words = prose("![by file](local.png) ![attached](attachment:in.png) ![no](../outside.png)");
  desk.write(
    "a.ipynb",
    notebook(
      FRONT,
      { ...words, attachments: { "in.png": { "image/png": png } } },
      code("p", [{
        output_type: "display_data",
        data: { "image/png": png, "text/plain": "said" },
        metadata: {},
      }]),
    ),
  );
  await desk.publish(["a.ipynb"], { targets: ["html", "jekyll"] });
  const html = desk.read("posts/a.html");
  assertEquals([...html.matchAll(/<img [^>]*src="data:image\/png;base64,/g)].length, 3);
  assertStringIncludes(html, 'alt="said"');
  assertEquals(desk.warnings, [
    "a.ipynb: cell 2: the picture ../outside.png is not shown: it is not in the notebook's folder",
  ]);
  const files = Object.keys(desk.files()).filter((path) => path.startsWith("jekyll/assets/a/"));
  assertEquals(files.length, 1);
  Deno.removeSync(join(desk.folder, "..", "outside.png"));
});

Deno.test("publish: a record that leads elsewhere, or is not one, is not followed", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", post("A", "2026-01-01"));
  Deno.mkdirSync(desk.out);
  for (const record of ['{"version":1,"posts":{},"site":{"../a.ipynb":[]}}', "{", "[]"]) {
    desk.write("out/.published.json", record);
    await assertRejects(
      () => desk.publish(["a.ipynb"]),
      Error,
      "is not a record of what was published",
    );
    assertEquals([...Deno.readDirSync(desk.out)].length, 1);
  }
});
