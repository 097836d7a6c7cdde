/** The two commands that publish, as people type them. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { watchNotebooks } from "../../../lib/press/post/site/watch.ts";
import { code, Desk, display, FRONT, notebook, prose, raw } from "./manuscript.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

async function command(script: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(root, "lib/press/tasks", script), ...args],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

Deno.test("deno task publish: posts of what a notebook carries, and words on what is wrong", async () => {
  using desk = new Desk();
  const good = desk.write("good.ipynb", notebook(FRONT, prose("Words ![x](none.png)")));
  const bad = desk.write("bad.ipynb", notebook(raw("title: x\ntags: y")));
  const done = await command("publish.ts", good, "--out", desk.out, "--to", "html,hugo");
  assertEquals(done.code, 0, done.err);
  assertEquals(done.err.trim().split("\n"), [
    `note: ${good}: cell 2: the picture none.png is not shown: there is none to be read`,
    join(desk.out, "posts/good.html"),
    join(desk.out, "hugo/content/posts/good/index.md"),
    "4 written, 0 unchanged, 0 removed",
  ]);
  const bare = desk.write("bare.ipynb", notebook(FRONT, code("1 + 1")));
  const unrun = await command("publish.ts", bare, "--out", desk.out);
  assertEquals(unrun.code, 0);
  assertStringIncludes(unrun.err, "bare.ipynb: none of its cells has been run");
  const failed = await command("publish.ts", bad, "--out", desk.out);
  assertEquals(failed.code, 2);
  assertStringIncludes(failed.err, `${bad}: cell 1 (front matter): tags must be a list`);
  desk.write("out/posts/second.html", "mine");
  const clash = desk.write("second.ipynb", notebook(FRONT));
  assertEquals((await command("publish.ts", clash, "--out", desk.out)).code, 1);
  for (const args of [["--to", "pdf"], ["--site", "x"], ["--nonsense"], ["nowhere.ipynb"]]) {
    const usage = await command("publish.ts", ...args);
    assertEquals(usage.code, 2, args.join(" "));
    assertStringIncludes(usage.err, args[0] === "--nonsense" ? "--nonsense" : args.at(-1)!);
  }
  const help = await command("publish.ts", "--help");
  assertEquals(help.code, 0);
  for (const option of ["--to", "--out", "--site", "--drafts", "--watch", "--help"]) {
    assertStringIncludes(help.out, option);
  }
});

Deno.test("deno task run prepares for the charts a notebook has shown, and makes what publish makes", async () => {
  using desk = new Desk();
  const spec = { data: { values: [{ x: "a" }] }, mark: "bar", encoding: { x: { field: "x" } } };
  const data = { "application/vnd.vegalite.v5+json": spec, "text/plain": "One bar." };
  const shown = { data, metadata: {}, transient: {} };
  const cell = `await Deno.jupyter.broadcast("display_data", ${JSON.stringify(shown)}); // here`;
  const file = desk.write("bars.ipynb", notebook(FRONT, code(cell, [display(data)])));
  const ran = await command("run.ts", file, "--out", desk.out);
  assertEquals(ran.code, 0, ran.err);
  const again = join(desk.folder, "again"), copy = join(desk.out, "notebooks", "bars.ipynb");
  const published = await command("publish.ts", copy, "--out", again);
  assertEquals(published.code, 0, published.err);
  const [one, other] = [desk.out, again]
    .map((out) => Deno.readTextFileSync(join(out, "posts", "bars.html")));
  assertEquals(one, other);
  assertStringIncludes(one, 'class="s-keyword"');
});

Deno.test("deno task run: what was run is published, with the front matter made up if need be", async () => {
  using desk = new Desk();
  const file = desk.write(
    "01_sum.ipynb",
    notebook(prose("# A sum\n\nHow much is it?"), code("40 + 2")),
  );
  const options = ["--out", desk.out, "--to", "html,jekyll", "--site", "https://example.org/"];
  const { code: exit, err } = await command("run.ts", file, ...options);
  assertEquals(exit, 0, err);
  assertStringIncludes(err, 'cell 1 gives no title and no date; taken: title "A sum", date');
  assertStringIncludes(err, `published ${join(desk.out, "posts/sum.html")}`);
  const html = desk.read("posts/sum.html");
  assertStringIncludes(html, "<samp>42</samp>");
  assertStringIncludes(html, '<link rel="canonical" href="https://example.org/posts/sum.html">');
  assert(desk.read("index.html").includes("A sum"));

  const bad = desk.write("bad.ipynb", notebook(raw("date: never"), code("1")));
  const lenient = await command("run.ts", bad, "--out", desk.out);
  assertEquals(lenient.code, 0);
  assertStringIncludes(lenient.err, "cell 1 (front matter): date must be a day");
});

Deno.test("watch: a notebook that is saved is published, and others are not", async () => {
  using desk = new Desk();
  const file = desk.write("a.ipynb", notebook(FRONT));
  const stop = new AbortController();
  const heard: string[][] = [];
  const watching = watchNotebooks(() => [file], stop.signal, (files) => {
    heard.push([...files]);
    stop.abort();
    return Promise.resolve();
  });
  desk.write("b.ipynb", notebook(FRONT));
  desk.write("a.ipynb", notebook(FRONT, prose("more")));
  await watching;
  assertEquals(heard, [[file]]);
});
