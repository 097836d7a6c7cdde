/** `deno task publish`: makes posts of the outputs that notebooks already carry; runs nothing. */
import { join } from "node:path";
import { codeCells, type Notebook } from "../notebook/notebook.ts";
import { findNotebooks, pathOf, shownPath } from "../notebook/find_notebooks.ts";
import { parseSite, parseTargets } from "./publish_options.ts";
import type { Manuscript } from "../post/read/source.ts";
import { publish, type PublishOptions, type Result } from "../post/site/publish.ts";
import { renderPNG, type Spec } from "../../render/mod.ts";
import { watchNotebooks } from "../post/site/watch.ts";
import { stopSignal } from "../../ground/stop_signal.ts";
import { ToldError } from "../../ground/told_error.ts";
import { command, readCommandLine, runTask } from "../../ground/usage.ts";

const NOTES = `
A NOTEBOOK is a number (1), a name (catch_em_all) or the path of any .ipynb file; none means every
notebook in notebooks/. Its first raw cell is the post's front matter, YAML: title, date, and if
you like description, tags, author, draft, slug, lang, and formerly, a list of earlier slugs (with the
day before it, where that has changed: 2026-11-21-a-slug), from which the post is still found. Other
keys go to Hugo and Jekyll as they are.

OUT gets an index.html, a feed (atom.xml) and, for
  html      posts/SLUG.html: one file, with its picture for sharing beside it
  markdown  markdown/SLUG/index.md with pictures
  hugo      hugo/content/posts/SLUG/, a page bundle; copy hugo/ over a Hugo site
  jekyll    jekyll/_posts/ and jekyll/assets/; copy jekyll/ over a Jekyll site with a post layout

TeX ($…$, $$…$$, \\begin{…}) is typeset in html. In markdown and jekyll it stays as written, between
the dollars they know; in hugo between \\(…\\) and $$…$$, for its passthrough extension (0.122 or
later), which the site switches on. What a post cannot show is named in a note and in its place.

Tags of cells: hide-input, hide-output and hide-cell fold; remove-input, remove-output and
remove-cell leave out, and so does notes (a teacher's); cover makes a cell's chart the picture by
which the post is shared.

Notebooks whose names start with a number are chapters, and follow each other in that order; others
by their dates. A link to a notebook beside this one leads to its post, published yet or not.

A file in OUT that publish did not make, or that was changed since, is never touched.

Exit codes: 0 done, 1 a file is in the way, 2 bad usage or a notebook that cannot be a post.`;

const program = command(
  "deno task publish",
  "Makes blog posts of executed notebooks. Runs nothing.",
  NOTES,
)
  .argument("[notebook...]", "what to publish")
  .option(
    "--to <list>",
    'html, markdown, hugo, jekyll, with commas between (default: "html")',
    parseTargets,
  )
  .option("--out <dir>", "where posts go (default: _site)")
  .option(
    "--site <url>",
    "address the posts will be at, for canonical links and the feed",
    parseSite,
  )
  .option("--drafts", "publish drafts, too", false)
  .option("--watch", "publish a notebook again whenever it is saved", false);

/** How to publish posts of this project; `site` is the address they will be at, null where it is not known. */
type PostOptions = Omit<PublishOptions, "publication" | "today" | "warn"> & {
  readonly site: string | null;
};

/** A chart of one bar: whoever draws it has loaded what all charts are drawn by. */
const BAR: Spec = {
  data: { values: [{ x: "a", y: 1 }] },
  mark: "bar",
  encoding: { x: { field: "x", type: "nominal" }, y: { field: "y", type: "quantitative" } },
};

/** Loads what posts of charts are made with, where these notebooks have shown any, so that it is there. */
export async function prepare(notebooks: readonly Notebook[]): Promise<void> {
  const outputs = notebooks.flatMap(codeCells).flatMap((cell) => cell.outputs);
  const mimes = outputs.flatMap((output) => "data" in output ? Object.keys(output.data) : []);
  if (mimes.some((mime) => mime.includes("vegalite"))) await renderPNG(BAR);
}

/** Publishes, and says on standard error where each post is, after `verb`. */
export async function publishPosts(
  manuscripts: readonly Manuscript[],
  { site, ...options }: PostOptions,
  verb: string,
): Promise<Result> {
  const result = await publish(manuscripts, {
    ...options,
    publication: { name: "Await Lab", site },
    today: Temporal.Now.plainDateISO().toString(),
    warn: (message) => console.error(`note: ${message}`),
  });
  for (const path of result.posts) console.error(verb + shownPath(join(options.out, path)));
  for (const name of result.drafts) console.error(`${name}: a draft; --drafts publishes it`);
  return result;
}

async function main(args: readonly string[]): Promise<number> {
  if (readCommandLine(program, args) === undefined) return 0;
  const { watch, out: typed, to: targets = ["html"], site = null, drafts } = program.opts();
  const out = pathOf(typed || undefined, "_site");
  const publishFiles = async (files: readonly string[], all: boolean) => {
    const manuscripts = files.map((file) => ({ file, name: shownPath(file), original: file }));
    const options = { out, targets, site, drafts, strict: true, all };
    const { written, unchanged, removed } = await publishPosts(manuscripts, options, "");
    console.error(`${written.length} written, ${unchanged} unchanged, ${removed.length} removed`);
  };
  const notebooks = () => findNotebooks(program.args);
  const all = program.args.length === 0;
  if (!watch) {
    await publishFiles(notebooks(), all);
    return 0;
  }
  const attempt = async (files: readonly string[], whole: boolean) => {
    try {
      await publishFiles(files, whole);
    } catch (error) {
      if (!(error instanceof ToldError)) throw error;
      console.error(error.message);
    }
  };
  await attempt(notebooks(), all);
  console.error("watching; Ctrl-C ends");
  await watchNotebooks(notebooks, stopSignal(), (files) => attempt(files, false));
  return 0;
}

if (import.meta.main) await runTask("publish", () => main(Deno.args));
