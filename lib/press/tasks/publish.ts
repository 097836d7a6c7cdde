/** `deno task publish`: makes posts of the outputs that notebooks already carry; runs nothing. */
import { join, resolve } from "node:path";
import {
  callersFolder,
  findNotebooks,
  projectFolder,
  shownPath,
} from "../notebook/find_notebooks.ts";
import { parseSite, parseTargets, targetsOption } from "./publish_options.ts";
import { type PostOptions, publishPosts } from "./publish_posts.ts";
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

interface Request {
  readonly names: readonly string[];
  readonly watch: boolean;
  readonly options: Omit<PostOptions, "all">;
}

function readArguments(args: readonly string[]): Request | undefined {
  const what = "Makes blog posts of executed notebooks. Runs nothing.";
  const program = command("deno task publish", what, NOTES)
    .argument("[notebook...]", "what to publish")
    .addOption(targetsOption("html, markdown, hugo, jekyll, with commas between", parseTargets))
    .option("--out <dir>", "where posts go (default: _site)")
    .option(
      "--site <url>",
      "address the posts will be at, for canonical links and the feed",
      parseSite,
    )
    .option("--drafts", "publish drafts, too", false)
    .option("--watch", "publish a notebook again whenever it is saved", false);
  if (readCommandLine(program, args) === undefined) return undefined;
  const { watch, out: given, to: targets, site = null, drafts } = program.opts();
  const out = given ? resolve(callersFolder(), given) : join(projectFolder, "_site");
  return { names: program.args, watch, options: { out, targets, site, drafts, strict: true } };
}

async function publishFiles(files: readonly string[], { options }: Request, all: boolean) {
  const manuscripts = files.map((file) => ({ file, name: shownPath(file), original: file }));
  const { written, unchanged, removed } = await publishPosts(manuscripts, { ...options, all }, "");
  console.error(`${written.length} written, ${unchanged} unchanged, ${removed.length} removed`);
}

async function main(args: readonly string[]): Promise<number> {
  const request = readArguments(args);
  if (request === undefined) return 0;
  const all = request.names.length === 0;
  const notebooks = () => findNotebooks(request.names);
  if (!request.watch) {
    await publishFiles(notebooks(), request, all);
    return 0;
  }
  const attempt = async (files: readonly string[], whole: boolean) => {
    try {
      await publishFiles(files, request, whole);
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
